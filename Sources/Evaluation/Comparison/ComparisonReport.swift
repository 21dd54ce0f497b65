/// What `utter evaluate` found: configurations side by side, on the same recordings.
package struct ComparisonReport: Encodable, Sendable {
  /// What the configurations are called.
  package let configurations: [String]
  /// How texts are made alike before they are compared.
  package let normalizer: String
  /// All recordings, and then by what they have in common.
  package let groups: [ComparedGroup]
  /// How likely chance alone makes two configurations differ as they do, over all recordings.
  package let differences: [Difference]
  /// What hearing took, by configuration.
  package let efforts: [Effort]
  /// What hosted services ask for an hour of audio, as the user says.
  package let hosted: [HostedPrice]
  /// Recordings, those with the most errors in any configuration first.
  package let recordings: [RecordingReport]

  /// A pair of configurations.
  package struct Difference: Encodable, Equatable, Sendable {
    package let first: String
    package let second: String
    /// How much the second one's word error rate is higher.
    package let wer: Double?
    /// The two-sided probability of such a difference, by exchanging in recordings drawn by chance.
    package let probability: Double?
  }

  private enum CodingKeys: String, CodingKey {
    case configurations, normalizer, groups, differences, efforts, hosted, recordings
  }

  /// Scores recordings.
  ///
  /// Takes seconds for thousands of recordings: figures are drawn and exchanged again and again.
  ///
  /// - Parameters:
  ///   - configurations: What they are called, in the order of each recording's texts.
  ///   - recordings: The recordings, one at least.
  ///   - rules: How texts are made alike.
  ///   - fields: Fields of the manifest by whose text recordings are counted together.
  ///   - prices: What energy and services cost.
  package init(
    configurations: [String], _ recordings: [ComparedRecording], rules: TextNormalizer,
    by fields: [String], prices: Prices = Prices()
  ) {
    self.configurations = configurations
    normalizer = rules.rules.rawValue
    hosted = prices.hosted
    let scores = recordings.map { RecordingScores($0, rules) }
    groups =
      [ComparedGroup(nil, nil, configurations, scores)]
      + RecordingGrouping(fields).groups(of: scores).map {
        ComparedGroup($0.field, $0.value, configurations, $0.scores)
      }
    var differences: [Difference] = []
    for second in configurations.indices {
      for first in 0..<second {
        let (one, other) = (scores.map { $0.counts[first] }, scores.map { $0.counts[second] })
        let rates = [one, other].map { Metric.wordErrorRate.value($0.reduce(into: Counts(), +=)) }
        differences.append(
          Difference(
            first: configurations[first], second: configurations[second],
            wer: rates[0].flatMap { low in rates[1].map { $0 - low } },
            probability: PairedTest.probability(.wordErrorRate, one, other)))
      }
    }
    self.differences = differences
    efforts = configurations.indices.map {
      Effort(configurations[$0], recordings, index: $0, prices)
    }
    self.recordings = scores.map { RecordingReport($0, configurations) }
      .sorted { ($1.errors, $0.number) < ($0.errors, $1.number) }
  }
}
