/// How well a method wrote a group of clips.
package struct MethodScore: Encodable, Equatable, Sendable {
  /// What the method is called.
  package let method: String
  /// The share of the terms that are said that were written.
  package let recall: Figure?
  /// The share of the terms that were written that are said.
  package let precision: Figure?
  /// Their harmonic mean.
  package let f1: Figure?
  /// The same in any case.
  package let caseFolded: TermFigures
  /// Share of words: in the whole, in terms that are said, and in the rest.
  package let wer: Figure?
  package let biasedWER: Figure?
  package let unbiasedWER: Figure?
  /// Terms that were written and are not said.
  package let falseWrites: Int
  package let falsePerHour: Figure?
  package let falsePerTenThousand: Figure?
  /// Words outside terms that differ from the transcript without a list.
  package let damagedWords: Int
  package let damagePerTenThousand: Figure?
  package let damagedRecordings: Int
  /// Recordings whose text differs from that without a list in any byte.
  package let changedRecordings: Int
  /// How likely chance alone makes such differences from other methods.
  package let against: [Difference]

  /// Figures of terms.
  package struct TermFigures: Encodable, Equatable, Sendable {
    package let recall: Figure?
    package let precision: Figure?
    package let f1: Figure?
  }

  /// Two-sided probabilities of a paired test.
  package struct Difference: Encodable, Equatable, Sendable {
    /// The other method.
    package let method: String
    package let f1: Double?
    package let wer: Double?
  }

  private enum CodingKeys: String, CodingKey {
    case method, recall, precision, f1, wer, against
    case caseFolded = "case_folded"
    case biasedWER = "b_wer"
    case unbiasedWER = "u_wer"
    case falseWrites = "false_writes"
    case falsePerHour = "false_writes_per_hour"
    case falsePerTenThousand = "false_writes_per_10000_words"
    case damagedWords = "damaged_words"
    case damagePerTenThousand = "damage_per_10000_words"
    case damagedRecordings = "damaged_recordings"
    case changedRecordings = "changed_recordings"
  }

  /// Adds up and compares.
  ///
  /// - Parameters:
  ///   - index: Which method it is.
  ///   - methods: What they are called.
  ///   - scores: Of the group's clips.
  init(_ index: Int, of methods: [String], _ scores: [ClipScores]) {
    let own = scores.map { $0.counts[index] }
    let sum = own.reduce(into: Counts()) { $0 += $1 }
    let bootstrap = Bootstrap(own)
    func figure(_ metric: Metric) -> Figure? { Figure(metric, sum, bootstrap) }
    method = methods[index]
    recall = figure(.recall)
    precision = figure(.precision)
    f1 = figure(.f1)
    caseFolded = TermFigures(
      recall: figure(.foldedRecall), precision: figure(.foldedPrecision), f1: figure(.foldedF1))
    wer = figure(.wordErrorRate)
    biasedWER = figure(.biasedErrorRate)
    unbiasedWER = figure(.otherErrorRate)
    falseWrites = sum.exact.wrong
    falsePerHour = figure(.falsePerHour)
    falsePerTenThousand = figure(.falsePerTenThousand)
    damagedWords = sum.damagedWords
    damagePerTenThousand = figure(.damagePerTenThousand)
    damagedRecordings = sum.damagedClips
    changedRecordings = sum.changedClips
    against = methods[..<index].enumerated().map { other, name in
      let others = scores.map { $0.counts[other] }
      return Difference(
        method: name, f1: PairedTest.probability(.f1, own, others),
        wer: PairedTest.probability(.wordErrorRate, own, others))
    }
  }
}
