internal import System

/// Typing through a keyboard that the kernel simulates, with the keys of the US layout.
struct Ydotool: Keystrokes {
  let session: DesktopSession
  let delay: Duration?

  func untypable(in text: KeystrokeText) -> (Set<Character>, reason: String)? {
    let isForeign = session.layout.map { $0 != "us" } ?? false
    let others = Set(text.text.filter { isForeign ? !$0.isWhitespace : !$0.isASCII })
    return others.isEmpty ? nil : (others, "ydotool knows the keys of the US layout only")
  }

  func type(_ text: KeystrokeText) throws(DesktopError) {
    let pace = delay.map { ["--key-delay", $0.milliseconds] } ?? []
    for piece in text.pieces(length: KeystrokeText.portion) {
      let parts = piece.split(separator: "\u{1B}", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index > 0 { try press(names: ["esc"], codes: [1]) }
        guard !part.isEmpty else { continue }
        // By this name and not "-", which some versions take for a file's.
        try session.run(
          "ydotool", ["type"] + pace + ["--file", "/dev/stdin"], input: Array(part.utf8),
          limit: KeystrokeText.limit(piece, delay))
      }
    }
  }

  func press(_ chord: Chord) throws(DesktopError) {
    try press(names: chord.modifiers.map(\.rawValue) + [chord.key.lowercased()], codes: chord.codes)
  }

  private func press(names: [String], codes: [UInt16]) throws(DesktopError) {
    // Versions before 1.0, the ones that can record, take names; the others take codes.
    let help = try session.start("ydotool", ["help"])
    _ = help.wait(.seconds(5))
    var keys = [names.joined(separator: "+")]
    if !help.outputText.contains("recorder") {
      keys = codes.map { "\($0):1" } + codes.reversed().map { "\($0):0" }
    }
    try session.run("ydotool", ["key"] + keys)
  }
}
