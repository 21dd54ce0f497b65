internal import ArgumentParser
package import Desktop
import Foundation
import Service

extension TypingDriver: ExpressibleByArgument {}
extension TypingFallback: ExpressibleByArgument {}

extension Chord: ExpressibleByArgument {
  /// Reads `ctrl+shift+v`; nil where that is no chord.
  package init?(argument: String) {
    do throws(DesktopError) { try self.init(argument) } catch { return nil }
  }
}

/// What `utter type` and `utter paste` have in common.
struct DesktopOptions: ParsableArguments {
  @Flag(help: "Take one text from standard input instead of the daemon's.")
  var stdin = false

  @Flag(help: "End after one dictation.")
  var once = false

  @Option(
    help: ArgumentHelp(
      "What to put after each dictation; a space by default, so that the next one can follow.",
      valueName: "text"))
  var append = " "

  @Option(help: "The tool that presses keys; by default what suits the session.")
  var driver: TypingDriver?

  @Option(
    help: ArgumentHelp(
      "The keys that paste, such as ctrl+v or shift+insert; by default what the window wants.",
      valueName: "keys"))
  var chord: Chord?

  @Flag(help: "Print which tool would be used and why, and end.")
  var dryRun = false

  /// The tool that the user wants; nil for the session's best.
  func wantedDriver() throws -> TypingDriver? {
    try driver ?? TypingDriver(rawValue: Configuration.load().typing.driver)
  }

  /// What windows paste with.
  func pasteKeys() throws -> PasteKeys {
    if let chord { return PasteKeys(chord: chord) }
    let configured = try Configuration.load().pasting
    return try PasteKeys(chord: configured.chord, windows: configured.windows)
  }

  /// Prints what the tool will be.
  func explain() throws {
    let choice = try DriverChoice.all(for: DesktopSession(), forced: wantedDriver())[0]
    print("\(choice.driver.rawValue): \(choice.reason)")
  }

  /// Passes on the text of standard input, or each dictation's, also of a daemon that is started
  /// again.
  ///
  /// A dictation that cannot be delivered is reported and the next one awaited.
  ///
  /// - Parameter deliver: Returns what the user should know.
  /// - Throws: When there is no daemon to begin with, and what `deliver` throws for the only text.
  func forEachText(_ deliver: (String) throws -> [String]) throws {
    func tell(_ notes: [String]) { for note in notes { printToStandardError("utter: \(note)\n") } }
    if stdin {
      let input = try FileHandle.standardInput.readToEnd() ?? Data()
      return tell(try deliver(String(decoding: input, as: UTF8.self)))
    }
    var client = try DaemonClient(on: [.final])
    while true {
      guard let news = once ? try client.notification() : try? client.notification() else {
        client = .again(on: [.final])
        continue
      }
      guard case .final(let dictation) = news, !dictation.text.isEmpty else { continue }
      do {
        tell(try deliver(dictation.text + append))
      } catch  where !once {
        report(Failure(any: error))
      }
      if once { return }
    }
  }
}
