/// What stands before a word, as far as it changes what the word means.
struct WordBefore: Sendable, Equatable {
  /// The word before it, in lower case; empty after a pause or a mark.
  var key = ""
  /// Whether it is a word or a name, and not a mark.
  var isName = false
  /// Whether it is a mark of a program.
  var isSymbol = false
  /// Whether it is a number.
  var isNumber = false

  /// The start of a text, or of what follows a mark.
  init() {}

  /// What stands before the word behind a piece.
  init(_ piece: Piece) {
    isName = piece.kind == .word || piece.kind == .written
    isSymbol = piece.kind == .symbol
    isNumber = piece.text.last?.isNumber ?? false
  }

  /// The same behind a pause.
  var apart: WordBefore {
    var before = self
    before.key = ""
    return before
  }

  private static let articles: Set<String> = [
    "a", "an", "the", "my", "your", "our", "their", "its", "every", "another",
  ]
  private static let pronouns: Set<String> = [
    "this", "that", "these", "those", "his", "her", "each", "no", "some", "any", "one", "which",
  ]

  /// Whether a noun follows.
  var isArticle: Bool { Self.articles.contains(key) }
  /// Whether a noun may follow; these words may also stand alone: "like that, comma".
  var isDeterminer: Bool { isArticle || Self.pronouns.contains(key) }
}
