/// Recordings that are counted together, and how well each configuration heard them.
package struct ComparedGroup: Encodable, Equatable, Sendable {
  /// The field of the manifest that they have in common, or "length"; nil for all recordings.
  package let field: String?
  /// Its text.
  package let value: String?
  /// How many there are.
  package let recordings: Int
  /// How long they are together.
  package let seconds: Double
  /// How many words are said, as they are compared.
  package let words: Int
  /// How many terms are said.
  package let terms: Int
  /// By configuration.
  package let scores: [ComparedScore]

  init(
    _ field: String?, _ value: String?, _ configurations: [String], _ scores: [RecordingScores]
  ) {
    (self.field, self.value) = (field, value)
    let sum = scores.reduce(into: Counts()) { $0 += $1.counts[0] }
    (recordings, seconds, words, terms) = (sum.clips, sum.seconds, sum.words, sum.said)
    self.scores = configurations.enumerated().map { index, name in
      ComparedScore(name, scores.map { $0.counts[index] })
    }
  }
}

/// How well a configuration heard a group of recordings.
package struct ComparedScore: Encodable, Equatable, Sendable {
  /// What it is called.
  package let configuration: String
  /// Share of words that are wrong, left out or put in.
  package let wer: Figure?
  /// The same of characters.
  package let cer: Figure?
  package let insertions: Int
  package let deletions: Int
  package let substitutions: Int
  /// The share of the terms that are said that were written, spelled to the letter.
  package let termRecall: Figure?
  /// The share of the terms that were written that are said.
  package let termPrecision: Figure?
  /// Share of punctuation marks that are wrong, left out or put in.
  package let punctuation: Figure?
  /// Share of right words with a wrong capital, or without theirs.
  package let capitals: Figure?

  private enum CodingKeys: String, CodingKey {
    case configuration, wer, cer, insertions, deletions, substitutions
    case termRecall = "term_recall"
    case termPrecision = "term_precision"
    case punctuation = "punctuation_error_rate"
    case capitals = "case_error_rate"
  }

  init(_ configuration: String, _ counts: [Counts]) {
    let sum = counts.reduce(into: Counts(), +=)
    let bootstrap = Bootstrap(counts)
    func figure(_ metric: Metric) -> Figure? { Figure(metric, sum, bootstrap) }
    self.configuration = configuration
    (wer, cer) = (figure(.wordErrorRate), figure(.characterErrorRate))
    (insertions, deletions) = (sum.insertions, sum.deletions)
    substitutions = sum.substitutions
    (termRecall, termPrecision) = (figure(.recall), figure(.precision))
    (punctuation, capitals) = (figure(.punctuationErrorRate), figure(.caseErrorRate))
  }
}
