package import Recognition

/// Rejects what a recogniser makes out of noise: the less an utterance sounded like speech, the
/// surer its words must be.
///
/// Words made out of noise are guesses, and a recogniser knows it. Mean log-probability of the
/// tokens with starter-en, of one utterance each:
///
///                                  least    5 %   half   95 %
///     speech in 83 recordings       −1.1   −0.8   −0.4    0.0
///     whispered                     −1.1   −0.8   −0.4    0.0
///     10 dB above real keys         −1.2   −1.1   −0.7    0.0
///     10 dB above real music        −0.8   −0.8   −0.4    0.0
///     real keys alone               −2.8   −2.7   −1.8   −0.7
///     breath alone                  −2.5   −2.4   −1.4   −0.8
///     music alone                   −2.5   −2.0   −1.3   −0.7
package struct NoiseRejection {
  /// The most frames in 500 ms that sounded as only speech does.
  let evidence: Int

  /// Evidence from which nothing is rejected: half of those utterances have 33, one in ten less
  /// than 17.
  private static let certain = 22
  /// The least mean log-probability without any evidence.
  private static let surest: Float = -0.5
  /// By how much it may be less for each frame of evidence.
  ///
  /// No utterance of those recordings is rejected, and one of 118 whispered. Of 75 pieces of real
  /// music, 8 s each, 51 come so far, and nine give text; with 0.05 it is 17. Of 30 times real keys
  /// eight come so far, and none gives text.
  private static let relief: Float = 0.04

  /// A rule for an utterance.
  package init(evidence: Int) { self.evidence = evidence }

  /// Whether tokens were made out of noise.
  package func rejects(_ tokens: [Token]) -> Bool {
    guard evidence < Self.certain, !tokens.isEmpty else { return false }
    let mean = tokens.reduce(0) { $0 + $1.logProbability } / Float(tokens.count)
    return mean < Self.surest - Self.relief * Float(evidence)
  }
}
