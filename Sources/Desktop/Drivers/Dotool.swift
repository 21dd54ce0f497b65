internal import System

/// Typing through a keyboard that the kernel simulates, with commands on standard input.
package struct Dotool: Keystrokes {
  let session: DesktopSession
  let delay: Duration?

  func untypable(in text: KeystrokeText) -> (Set<Character>, reason: String)? {
    let others = Set(text.text.filter { !$0.isASCII })
    return others.isEmpty ? nil : (others, "dotool knows the keys of one layout only")
  }

  func type(_ text: KeystrokeText) throws(DesktopError) {
    for piece in text.pieces(length: KeystrokeText.portion) {
      try run(
        Self.commands(for: piece, delay: delay), limit: KeystrokeText.limit(piece, delay))
    }
  }

  func press(_ chord: Chord) throws(DesktopError) {
    let keys = chord.modifiers.map(\.rawValue) + [chord.key.lowercased()]
    try run("key \(keys.joined(separator: "+"))\n", limit: .seconds(5))
  }

  /// One command a line; since no text holds a line end, no text can become a command.
  package static func commands(for text: KeystrokeText, delay: Duration? = nil) -> String {
    commands(for: text.text, delay: delay)
  }

  private static func commands(for text: String, delay: Duration?) -> String {
    var commands = "typedelay \((delay ?? .milliseconds(2)).milliseconds)\ntypehold 4\n"
    var run = ""
    func finishRun() {
      // dotool takes spaces off the start of a line's argument.
      let spaces = run.prefix { $0 == " " }.count
      commands += String(repeating: "key space\n", count: spaces)
      let rest = run.dropFirst(spaces)
      if !rest.isEmpty { commands += "type \(rest)\n" }
      run = ""
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\t", "\u{1B}":
        finishRun()
        commands += scalar == "\n" ? "key enter\n" : scalar == "\t" ? "key tab\n" : "key esc\n"
      default: run.unicodeScalars.append(scalar)
      }
    }
    finishRun()
    return commands
  }

  private func run(_ commands: String, limit: Duration) throws(DesktopError) {
    let layout = session.environment["DOTOOL_XKB_LAYOUT"] ?? session.layout
    let tool = try session.run(
      "dotool", [], input: Array(commands.utf8),
      variables: layout.map { ["DOTOOL_XKB_LAYOUT": $0] } ?? [:], limit: limit)
    // What it cannot do it leaves out with a warning, and ends well.
    if let warning = tool.complaint, warning.contains("WARNING") {
      throw .toolFailed(name: "dotool", reason: warning)
    }
  }
}
