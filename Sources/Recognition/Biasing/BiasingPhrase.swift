/// A phrase that recognition is to favour, as a model's tokens.
package struct BiasingPhrase: Sendable {
  /// Its tokens, at least one.
  package let tokens: [Int]
  /// Score of its first token, before anything is scaled, in place of the tree's context score; nil
  /// for that.
  package let contextScore: Float?

  /// A phrase.
  package init(_ tokens: [Int], contextScore: Float? = nil) {
    (self.tokens, self.contextScore) = (tokens, contextScore)
  }
}
