/// "spell k u b e": a word letter by letter.
///
/// Letters may be written alone, with hyphens between them, or run together in capitals, as models
/// write them; "capital k" is a capital, and digits are letters too. The word ends where something
/// else is said, behind "over", which is not written, or before a pause in which nothing is said
/// for 1.5 s.
struct Spelling: Sendable {
  private static let names: [(words: [String], value: String)] = [
    (["double", "u"], "w"), (["double", "you"], "w"), (["zee"], "z"), (["zed"], "z"),
    (["dash"], "-"), (["hyphen"], "-"), (["underscore"], "_"), (["dot"], "."),
  ]
  private static let letterNames = PhraseTable(
    names + NumberWord.digitNames.enumerated().map { ([$0.element], "\($0.offset)") })
  private static let capitals: Set<String> = ["capital", "cap", "upper"]

  /// Letters that a spelled word may have.
  private static let longest = 64

  /// Whether a word is spelled from a place on.
  func begins(_ reader: WordReader, at start: Int) throws(Undecided) -> Bool {
    guard let word = try reader.word(start), word.key == "spell", word.mark.isEmpty else {
      return false
    }
    return try spelled(reader.from(start)) != nil
  }

  /// Writes a word that the first word says is spelled.
  func word(_ reader: WordReader) throws(Undecided) -> Match? {
    guard reader.first.key == "spell", reader.first.mark.isEmpty,
      let (text, count) = try spelled(reader)
    else { return nil }
    return Match(count, Piece(text, .written), in: reader)
  }

  /// The word that is spelled behind the first one; one letter alone is none.
  private func spelled(
    _ reader: WordReader
  ) throws(Undecided) -> (text: String, count: Int)? {
    var (text, count) = ("", 1)
    while text.count < Self.longest, let word = try reader.word(count), !word.isMark {
      if word.key == CasingCommands.end, text.count > 1 {
        count += 1
        break
      }
      guard let (letters, used) = try letters(reader, at: count) else { break }
      text += letters
      count += used
      // A comma is how some models hear that letters are told one by one.
      if !reader.last(of: count).mark.allSatisfy({ $0 == "," }) { break }
    }
    return text.count > 1 ? (text, count) : nil
  }

  private func letters(
    _ reader: WordReader, at place: Int
  ) throws(Undecided) -> (String, Int)? {
    guard let word = try reader.word(place) else { return nil }
    if Self.capitals.contains(word.key), word.mark.isEmpty {
      guard let next = try reader.word(place + 1), next.key.count == 1 else { return nil }
      return (next.key.uppercased(), 2)
    }
    if let name = try Self.letterNames.longest(reader, at: place) {
      return (name.value, name.count)
    }
    let parts = word.core.split { $0 == "-" || $0 == "." }
    if !parts.isEmpty, parts.allSatisfy({ $0.count == 1 && ($0.first?.isAlphanumeric ?? false) }) {
      return (parts.joined().lowercased(), 1)
    }
    // "KUBE", for a model that writes what is spelled as one word.
    if word.core.count > 1, word.core.allSatisfy({ $0.isUppercase }) { return (word.key, 1) }
    return nil
  }
}

extension Character {
  fileprivate var isAlphanumeric: Bool { isLetter || isNumber }
}
