/// One way to say a term.
package struct SpokenForm: Hashable, Sendable {
  /// How a form follows from its term.
  package enum Kind: Sendable {
    /// Somebody listed it.
    case listed
    /// The usual reading of the spelling.
    case canonical
    /// Another reading of the spelling.
    case alternative
    /// A reading that leaves something out, such as the marks before a word: it alone does not tell
    /// the term from the word.
    case lossy
  }

  /// Words as they are said, in small letters, with single spaces between them.
  package let text: String
  /// How it follows.
  package let kind: Kind

  /// The words.
  package var words: [String] { text.split(separator: " ").map(String.init) }
}
