internal import Recognition

/// A term that was said where other words were decoded.
package struct JudgedTerm: Sendable, Equatable {
  /// The term's spelling.
  package let spelling: String
  /// What is written for the words, with the marks that stood round them.
  package let written: String
  /// The tokens that were decoded there, as indices into the recording's.
  package var tokens: Range<Int>
  /// Nats by which it exceeded what it had to.
  package let margin: Float

  /// A term in place of words.
  package init(spelling: String, written: String, tokens: Range<Int>, margin: Float) {
    (self.spelling, self.written, self.tokens, self.margin) = (spelling, written, tokens, margin)
  }

  /// The same in a recording of which so many tokens came before.
  package func behind(_ count: Int) -> JudgedTerm {
    var term = self
    term.tokens = tokens.shifted(by: count)
    return term
  }
}
