internal import ArgumentParser
package import Desktop
import Foundation
package import Service
import System

extension TypingDriver: ExpressibleByArgument {}
extension TypingFallback: ExpressibleByArgument {}
extension LineEnds: ExpressibleByArgument {}

extension Chord: ExpressibleByArgument {
  /// Reads `ctrl+shift+v`; nil where that is no chord.
  package init?(argument: String) {
    do throws(DesktopError) { try self.init(argument) } catch { return nil }
  }
}

extension TypingDelay: ExpressibleByArgument {
  /// Reads `auto` or a duration; nil where that is neither.
  package init?(argument: String) { self.init(argument) }
}

/// What `utter type` and `utter paste` have in common.
struct DesktopOptions: ParsableArguments {
  @Flag(help: "Take one text from standard input instead of the daemon's.")
  var stdin = false

  @Flag(help: "End after one dictation.")
  var once = false

  @Option(
    help: ArgumentHelp(
      "What to put after each text; \\n, \\t, \\e, \\\\ are Return, Tab, Escape, a backslash.",
      valueName: "text"),
    transform: { try keys(in: $0) })
  var append: String?

  @Flag(name: .customLong("return"), help: "Press Return after each text.")
  var pressesReturn = false

  @Option(help: "What to make of line ends: keep them, or a space of each.")
  var newlines: LineEnds?

  @Option(help: "The tool that presses keys; by default what suits the session.")
  var driver: TypingDriver?

  @Option(
    help: ArgumentHelp(
      "The keys that paste, such as ctrl+v or shift+insert; by default what the window wants.",
      valueName: "keys"))
  var chord: Chord?

  @Flag(help: "Print which tool would be used and why, and end.")
  var dryRun = false

  /// What windows paste with.
  func pasteKeys(_ configured: Configuration.Pasting) throws -> PasteKeys {
    if let chord { return PasteKeys(chord: chord) }
    return try PasteKeys(chord: configured.chord, windows: configured.windows)
  }

  /// Prints what the tool will be.
  func explain(_ settings: Configuration.Typing) throws {
    let choice = try DriverChoice.all(for: DesktopSession(), forced: wantedDriver(settings))[0]
    print("\(choice.driver.rawValue): \(choice.reason.printable)")
  }

  /// The tool that the user wants; nil for the session's best.
  func wantedDriver(_ settings: Configuration.Typing) -> TypingDriver? {
    driver ?? TypingDriver(rawValue: settings.driver)
  }

  /// Passes on the text of standard input, or each dictation's.
  ///
  /// - Parameters:
  ///   - program: What this program is called.
  ///   - session: Where it types.
  ///   - configuration: What the user wants, beside these options.
  ///   - deliver: Gets a text and the keys that follow it; returns what the user should know.
  /// - Throws: `DesktopError` where the session's display does not answer; what `deliver` throws
  ///   for the only text; what `DictationLoop` throws.
  func forEachText(
    for program: String, in session: DesktopSession, _ configuration: Configuration,
    _ deliver: (_ text: String, _ keys: String) throws -> [String]
  ) throws {
    let display = session.kind == .none ? nil : try DisplayWatch(session: session)
    let lineEnds = newlines ?? LineEnds(configuration.typing)
    let wish = append.map { $0 + (pressesReturn ? "\n" : "") } ?? (pressesReturn ? "\n" : nil)
    if stdin {
      let input = try readInput("-")
      let text = SeenText(String(decoding: input, as: UTF8.self), lineEnds: lineEnds).text
      for note in try deliver(text, wish ?? "") {
        tell(note)
      }
      return
    }
    let loop = DictationLoop(
      program: program, session: session, lineEnds: lineEnds,
      keys: wish ?? configuration.typing.append, isOnce: once,
      feedback: Feedback(configuration.feedback, session: session))
    try loop.run(until: display) { text, keys in
      do { return try deliver(text, keys) } catch let error as DesktopError {
        // As it is now: what was said a moment ago was kept, or not.
        let now = (try? Configuration.load()) ?? configuration
        throw UndeliveredText(error, isKept: now.history.enabled)
      }
    }
  }
}

extension LineEnds {
  /// What the user wants them to become.
  init(_ settings: Configuration.Typing) { self = LineEnds(rawValue: settings.newlines) ?? .keep }
}

/// Reads keys as they are written on a command line.
private func keys(in argument: String) throws -> String {
  guard let keys = Escapes.replaced(in: argument) else {
    throw ValidationError("\\ must be followed by n, t, e or another \\")
  }
  return keys
}
