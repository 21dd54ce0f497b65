/// Words that are always written in one way.
package struct PhraseReplacement: Sendable, Equatable {
  /// What is said, in lower case.
  package let words: [String]
  /// What is written.
  package let written: String

  /// Bytes that what is said or written may have.
  private static let longest = 4_096
  /// Words that may be said.
  private static let mostWords = 16

  /// Reads "what is said => what is written"; nil where there is no arrow, or nothing before it.
  ///
  /// - Parameter text: The text; what is written may be empty.
  package init?(_ text: String) {
    guard text.utf8.count <= Self.longest, let arrow = text.firstRange(of: "=>") else { return nil }
    let said = text[..<arrow.lowerBound].split(whereSeparator: \.isWhitespace)
    // As a word of a transcript would be taken apart.
    words = said.map { HeardWord.key(of: String($0)) }
    guard (1...Self.mostWords).contains(words.count), !words.contains("") else { return nil }
    let rest = text[arrow.upperBound...].drop { $0 == " " }
    written = String(rest.reversed().drop { $0 == " " }.reversed())
  }

  /// The text that it was read from.
  package var text: String { "\(words.joined(separator: " ")) => \(written)" }
}

/// The user's replacements, by what is said first.
struct ReplacementTable: Sendable {
  private let phrases: PhraseTable<String>

  init(_ replacements: [PhraseReplacement]) {
    phrases = PhraseTable(replacements.map { ($0.words, $0.written) })
  }

  /// Writes a phrase that begins with the first word.
  func piece(_ reader: WordReader) throws(Undecided) -> Match? {
    guard let found = try phrases.longest(reader) else { return nil }
    var piece = Piece(found.value, .written)
    if found.value.isEmpty || found.value.allSatisfy(\.isNewline) { piece.joinsLeft = true }
    if found.value.last?.isNewline == true { piece.joinsRight = true }
    return Match(found.count, piece, in: reader)
  }
}
