/// "comma", "open paren": marks by their names.
struct SpokenMarks: Sendable {
  private let names: PhraseTable<SpokenMark>
  private let isCode: Bool

  /// Marks that a model sets where one is spoken, and which that one replaces.
  private static let replaced: Set<Character> = [",", ".", ";", ":"]
  /// Words before a bracket that are no function's name.
  private static let keywords: Set<String> = [
    "if", "for", "while", "switch", "return", "and", "or", "not", "in", "is",
  ]

  /// Marks of prose, of programs, or of both, where those of programs count.
  init(prose: Bool, code: Bool) {
    isCode = code
    let marks = (prose ? SpokenMark.prose : []) + (code ? SpokenMark.code : [])
    names = PhraseTable(
      marks.flatMap { entry in
        entry.names.map { ($0.split(separator: " ").map(String.init), entry.mark) }
      })
  }

  /// Whether a mark is spoken at a place.
  func begins(_ reader: WordReader, at start: Int) throws(Undecided) -> Bool {
    try mark(reader, at: start) != nil
  }

  /// Writes a mark.
  ///
  /// - Parameters:
  ///   - reader: Words.
  ///   - before: What was written last.
  ///   - openPairs: The marks of which one was opened and not closed.
  /// - Returns: nil where none is spoken.
  /// - Throws: `Undecided` where that depends on words to come.
  func mark(
    _ reader: WordReader, after before: WordBefore, openPairs: inout Set<String>
  ) throws(Undecided) -> Match? {
    guard let (mark, count) = try mark(reader, at: 0), !isNoun(mark, after: before) else {
      return nil
    }
    var piece = Piece(mark.text, isCode ? .symbol : .mark)
    switch mark.spacing {
    case .tight: (piece.joinsLeft, piece.joinsRight) = (true, true)
    case .left: piece.joinsLeft = true
    case .right: piece.joinsRight = true
    case .apart: break
    case .call:
      piece.joinsRight = true
      piece.joinsLeft = before.isName && !Self.keywords.contains(before.key)
    case .pair:
      let closes = openPairs.contains(mark.text)
      openPairs.formSymmetricDifference([mark.text])
      (piece.joinsLeft, piece.joinsRight) = (closes, !closes)
    }
    piece.endsSentence = mark.endsSentence
    // A model's marks behind a closing bracket of prose are those of the sentence.
    if !isCode, mark.isClosing { piece.mark = reader.last(of: count).mark }
    piece.swallowed = mark.keepsMarks ? [","] : Self.replaced
    return Match(count, piece)
  }

  /// Whether an article says that the name of a mark is a noun; in "a dot b" there is none.
  private func isNoun(_ mark: SpokenMark, after before: WordBefore) -> Bool {
    let joinsNames = isCode && (mark.spacing == .tight || mark.spacing == .apart)
    return before.isArticle && !(before.key == "a" && joinsNames && !mark.isProse)
  }

  private func mark(
    _ reader: WordReader, at start: Int
  ) throws(Undecided) -> (SpokenMark, Int)? {
    guard let (mark, count) = try names.longest(reader, at: start) else { return nil }
    if mark.isProse, try reader.following(start + count)?.key == "of" { return nil }
    return (mark, count)
  }
}
