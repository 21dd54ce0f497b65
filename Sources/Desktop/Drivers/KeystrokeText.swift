/// Text as keys can make it: printable characters, line feeds and tabs, and Escape where that is
/// meant.
package struct KeystrokeText {
  /// What shall be typed.
  package let text: String
  /// The part of it that was said, or is to be read.
  let said: String
  /// What follows that part: keys that somebody chose, which a paste could not press.
  let keys: String

  /// Makes line feeds of line ends of all kinds, and leaves out what cannot be seen.
  ///
  /// - Parameters:
  ///   - text: What was said, or is to be read.
  ///   - keys: Keys that follow, of which Escape may be one.
  package init(_ text: String, then keys: String = "") {
    said = SeenText(text).text
    self.keys = keys.split(separator: "\u{1B}", omittingEmptySubsequences: false)
      .map { SeenText(String($0)).text }.joined(separator: "\u{1B}")
    self.text = said + self.keys
  }

  /// Characters that a tool gets at once: where this program is interrupted, a tool that has begun
  /// types on to its end, for else it might leave a key down.
  static let portion = 500

  /// A generous time for a tool to type a piece in: the slowest needs 24 ms a key on an idle
  /// machine.
  ///
  /// - Parameters:
  ///   - piece: What it types.
  ///   - delay: What is waited after each key, beside that.
  /// - Returns: The time.
  static func limit(_ piece: String, _ delay: Duration?) -> Duration {
    .seconds(10) + (.milliseconds(80) + (delay ?? .zero)) * piece.unicodeScalars.count
  }

  /// The text cut into pieces, each as long as possible.
  ///
  /// - Parameters:
  ///   - distinct: How many different characters a piece has at most.
  ///   - length: How many characters it has at most.
  /// - Returns: The pieces.
  package func pieces(distinct: Int = .max, length: Int = .max) -> [String] {
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    var seen: Set<Unicode.Scalar> = []
    var count = 0
    for scalar in text.unicodeScalars {
      if count == length || !seen.contains(scalar) && seen.count == distinct {
        pieces.append(String(piece))
        piece = .init()
        (seen, count) = ([], 0)
      }
      seen.insert(scalar)
      piece.append(scalar)
      count += 1
    }
    return piece.isEmpty ? pieces : pieces + [String(piece)]
  }
}
