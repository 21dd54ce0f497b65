/// One emitted token: the decoder's smallest result.
package struct Token: Sendable, Equatable {
  /// The piece's id, 0 ..< V.
  package var id: Int
  /// Encoder frame of emission (80 ms each), counted from the start of the audio.
  package var frame: Int
  /// Frames that the model says the token lasts; only TDT models say.
  package var duration: Int
  /// Natural logarithm of its probability among all tokens and blank.
  package var logProbability: Float
  /// How sure the model was, 0 … 1.
  package var confidence: Float

  /// Creates a token from all its parts.
  package init(id: Int, frame: Int, duration: Int, logProbability: Float, confidence: Float) {
    self.id = id
    self.frame = frame
    self.duration = duration
    self.logProbability = logProbability
    self.confidence = confidence
  }
}
