/// What may have been said, as a beam search has it.
package struct Alternative: Sendable, Equatable {
  /// Tokens with frames counted from the start of the recording.
  package var tokens: [Token]
  /// Logarithm of the probability of all ways to them that were looked at, and what phrases add.
  package var score: Float

  /// What may have been said.
  package init(tokens: [Token], score: Float) { (self.tokens, self.score) = (tokens, score) }
}
