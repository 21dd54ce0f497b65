/// Cuts texts into the words that are compared: no case, no punctuation round words.
///
/// Marks inside a word stay, as in "don't" and `main.rs`, and so do marks that belong to a listed
/// term, as in `main()`.
struct WordSplitter {
  private let terms: TermSet

  private static let before: Set<Character> = [
    "(", "[", "{", "\"", "'", "“", "‘", "«", "„", "‚", "¿", "¡",
  ]
  private static let after: Set<Character> = [
    ",", ".", ";", ":", "!", "?", "…", ")", "]", "}", "\"", "'", "”", "“", "»",
  ]

  init(_ terms: TermSet) { self.terms = terms }

  func words(of text: String) -> [SpelledWord] {
    text.split(whereSeparator: \.isWhitespace).compactMap { word(String($0)) }
  }

  private func word(_ text: String) -> SpelledWord? {
    var rest = Self.withPlainApostrophes(text)[...]
    while let last = rest.last, !terms.hasWord(rest) {
      if Self.after.contains(last) {
        rest.removeLast()
      } else if let first = rest.first, Self.before.contains(first) {
        rest.removeFirst()
      } else {
        break
      }
    }
    guard terms.hasWord(rest) || rest.contains(where: { $0.isLetter || $0.isNumber }) else {
      return nil
    }
    return SpelledWord(String(rest))
  }

  static func withPlainApostrophes(_ text: String) -> String {
    text.contains("’") ? String(text.map { $0 == "’" ? "'" : $0 }) : text
  }
}
