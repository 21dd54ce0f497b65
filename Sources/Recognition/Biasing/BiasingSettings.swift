/// How a biasing tree scores tokens (NeMo's `BoostingTreeModelConfig`).
package struct BiasingSettings: Sendable {
  /// How scores come about.
  package enum Mode: Sendable {
    /// As in NeMo: what breaks off a longer phrase takes back what a shorter one in it was given,
    /// and scores of phrases that begin alike depend on their order.
    ///
    /// - Parameters:
    ///   - unknownScore: Score of a token that belongs to no phrase.
    ///   - isUniform: Whether each token has the context score, and the last of a phrase what its
    ///     tokens have together besides.
    case nemo(unknownScore: Float = 0, isUniform: Bool = false)
    /// The scores of any tokens add up to those of the phrases that were finished in them, each
    /// from the left and as long as can be.
    ///
    /// - Parameter unscored: A token that is given nothing, as the bare "▁", with which any word
    ///   may begin; nil for none.
    case exact(unscored: Int?)
  }

  /// How scores come about.
  package var mode: Mode
  /// Score of a phrase's first token, and of all others before they are scaled.
  package var contextScore: Float = 1
  /// Factor of all tokens but the first.
  package var depthScaling: Float = 2

  /// NeMo's scores.
  package init(_ mode: Mode = .nemo()) { self.mode = mode }
}
