/// The best way to emit tokens over frames.
package struct TokenAlignment: Sendable, Equatable {
  /// A step of the way.
  package struct Step: Sendable, Equatable {
    /// Its frame, counted from the first of those that are explained.
    package var frame: Int
    /// The token that it emits or that is emitted next; behind the last token, that one.
    package var token: Int
    /// The logarithm of its probability.
    package var score: Float

    /// A step.
    package init(frame: Int, token: Int, score: Float) {
      (self.frame, self.token, self.score) = (frame, token, score)
    }
  }

  /// The steps, from the first on.
  package var steps: [Step]

  /// The way's score.
  package var score: Float { steps.reduce(0) { $0 + $1.score } }

  /// A way.
  package init(_ steps: [Step]) { self.steps = steps }
}
