/// Text as keys can make it: printable characters, line feeds and tabs, and Escape where that is
/// meant.
package struct KeystrokeText {
  /// What shall be typed.
  package let text: String
  /// The part of it that was said, or is to be read.
  let said: String
  /// What follows that part: keys that somebody chose, which a paste could not press.
  let keys: String

  /// Makes line feeds of line ends of all kinds.
  ///
  /// Other control characters are left out: to a terminal they are commands, and nobody can say
  /// them.
  ///
  /// - Parameters:
  ///   - text: What was said, or is to be read.
  ///   - keys: Keys that follow, of which Escape may be one.
  package init(_ text: String, then keys: String = "") {
    said = Self.keys(for: text, keeping: [])
    self.keys = Self.keys(for: keys, keeping: ["\u{1B}"])
    self.text = said + self.keys
  }

  private static func keys(for text: String, keeping kept: Set<Unicode.Scalar>) -> String {
    var scalars = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where isAfterReturn: break
      case "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}": scalars.append("\n")
      case "\t": scalars.append(scalar)
      default:
        let isControl = scalar.properties.generalCategory == .control
        if !isControl || kept.contains(scalar) { scalars.append(scalar) }
      }
      isAfterReturn = scalar == "\r"
    }
    return String(scalars)
  }

  /// A generous time to type it in: the slowest tool needs 24 ms a key on an idle machine.
  ///
  /// - Parameter delay: What is waited after each key, beside that.
  /// - Returns: The time.
  func limit(_ delay: Duration?) -> Duration {
    .seconds(10) + (.milliseconds(80) + (delay ?? .zero)) * text.unicodeScalars.count
  }

  /// The text cut into pieces of at most so many different characters, each as long as possible.
  package func pieces(distinct: Int) -> [String] {
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    var seen: Set<Unicode.Scalar> = []
    for scalar in text.unicodeScalars {
      if !seen.contains(scalar), seen.count == distinct {
        pieces.append(String(piece))
        piece = .init()
        seen = []
      }
      seen.insert(scalar)
      piece.append(scalar)
    }
    return piece.isEmpty ? pieces : pieces + [String(piece)]
  }
}
