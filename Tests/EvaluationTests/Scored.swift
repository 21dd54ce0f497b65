import Evaluation
import Testing

/// A text that a method wrote, scored.
struct Scored {
  let counts: Counts
  let wrongTerms: [String]

  /// Scores a text with what is said and listed, beside the transcript without a list.
  init(
    _ text: String, plain: String? = nil, reference: String, terms: [String] = [],
    seconds: Double = 1
  ) throws {
    let scores = ClipScores(
      Clip(
        name: "clip", group: nil, seconds: seconds, reference: reference,
        texts: [plain ?? text, text], terms: TermSet(terms)))
    counts = try #require(scores.counts.last)
    wrongTerms = try #require(scores.wrongTerms.last)
  }
}
