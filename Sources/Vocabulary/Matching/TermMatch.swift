/// Words that say a term, and what is written in their place.
package struct TermMatch: Hashable, Sendable {
  /// The term's spelling.
  package let spelling: String
  /// The words that say it.
  package let words: Range<Int>
  /// The spelling, with the marks that stood round the words and a possessive's ending.
  package let written: String
}
