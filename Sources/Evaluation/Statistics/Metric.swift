/// A figure that follows from counts.
enum Metric: CaseIterable {
  case recall, precision, f1
  case foldedRecall, foldedPrecision, foldedF1
  case wordErrorRate, biasedErrorRate, otherErrorRate
  case characterErrorRate, punctuationErrorRate, caseErrorRate
  case falsePerHour, falsePerTenThousand, damagePerTenThousand

  /// Its value; nil where nothing was counted that it is a share of.
  func value(_ counts: Counts) -> Double? {
    switch self {
    case .recall: Self.share(counts.exact.right, of: counts.said)
    case .precision: Self.share(counts.exact.right, of: counts.exact.right + counts.exact.wrong)
    case .f1: Self.f1(counts.exact, said: counts.said)
    case .foldedRecall: Self.share(counts.folded.right, of: counts.saidInAnyCase)
    case .foldedPrecision:
      Self.share(counts.folded.right, of: counts.folded.right + counts.folded.wrong)
    case .foldedF1: Self.f1(counts.folded, said: counts.saidInAnyCase)
    case .wordErrorRate: Self.share(counts.edits, of: counts.words)
    case .biasedErrorRate: Self.share(counts.biasedErrors, of: counts.biasedWords)
    case .otherErrorRate: Self.share(counts.otherErrors, of: counts.words - counts.biasedWords)
    case .characterErrorRate: Self.share(counts.characterEdits, of: counts.characters)
    // What is said without marks or capitals tells nothing about them.
    case .punctuationErrorRate:
      counts.marks > 0 ? Self.share(counts.markErrors, of: counts.comparedMarks) : nil
    case .caseErrorRate:
      counts.capitals > 0 ? Self.share(counts.caseErrors, of: counts.casedWords) : nil
    case .falsePerHour:
      counts.seconds > 0 ? Double(counts.exact.wrong) * 3600 / counts.seconds : nil
    case .falsePerTenThousand: Self.share(counts.exact.wrong * 10_000, of: counts.words)
    case .damagePerTenThousand: Self.share(counts.damagedWords * 10_000, of: counts.plainWords)
    }
  }

  private static func share(_ part: Int, of whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }

  private static func f1(_ written: WrittenTerms, said: Int) -> Double? {
    share(2 * written.right, of: said + written.right + written.wrong)
  }
}
