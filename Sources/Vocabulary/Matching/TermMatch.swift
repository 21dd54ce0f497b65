/// Words that say a term, and what is written in their place.
package struct TermMatch: Hashable, Sendable {
  /// The term.
  package let term: Term
  /// The words that say it.
  package let words: Range<Int>
  /// The term's spelling, with the marks that stood round the words and a possessive's ending.
  package let written: String
}
