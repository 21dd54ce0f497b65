internal import Foundation

extension EvaluationReport {
  /// The tables for people: shares in percent, those of terms with their 95 % intervals.
  package var table: String {
    let heads = groups.map { group in
      let size = String(
        format: "%d recordings, %.1f min, %d words, %d terms said", group.recordings,
        group.seconds / 60, group.words, group.terms)
      return ([group.name.map { "\($0): \(size)" } ?? size] + Self.lines(of: group))
        .joined(separator: "\n")
    }
    return (heads + falseTermLines).joined(separator: "\n\n")
  }

  private static let columns = [
    "method", "recall", "precision", "F1", "false", "/h", "/10k", "damaged", "/10k", "changed",
    "B-WER", "U-WER", "WER", "p(F1)", "p(WER)",
  ]

  private static func lines(of group: ScoreGroup) -> [String] {
    let rows =
      [columns]
      + group.methods.map { score in
        // What it must beat is the method before it.
        let difference = score.against.last
        return [
          score.method, sure(score.recall), sure(score.precision), sure(score.f1),
          String(score.falseWrites), rate(score.falsePerHour), rate(score.falsePerTenThousand),
          String(score.damagedWords), rate(score.damagePerTenThousand),
          String(score.changedRecordings), percent(score.biasedWER), percent(score.unbiasedWER),
          percent(score.wer), probability(difference?.f1), probability(difference?.wer),
        ]
      }
    return TextTable.lines(rows)
  }

  private var falseTermLines: [String] {
    methods.compactMap { method in
      let terms = falseTerms[method, default: []]
      guard !terms.isEmpty else { return nil }
      let first = terms.prefix(10).map { "\($0.term) ×\($0.times)" }.joined(separator: ", ")
      let rest = terms.count > 10 ? " and \(terms.count - 10) more" : ""
      return "written and not said by \(method): \(first)\(rest)"
    }
  }

  /// A share with its interval.
  private static func sure(_ figure: Figure?) -> String {
    guard let figure, let low = figure.low, let high = figure.high else { return percent(figure) }
    return percent(figure) + String(format: " (%.0f-%.0f)", low * 100, high * 100)
  }

  private static func percent(_ figure: Figure?) -> String {
    figure.map { String(format: "%.1f", $0.value * 100) } ?? "-"
  }

  private static func rate(_ figure: Figure?) -> String {
    figure.map { String(format: "%.1f", $0.value) } ?? "-"
  }

  private static func probability(_ value: Double?) -> String {
    value.map { $0 < 0.001 ? "<.001" : String(format: "%.3f", $0) } ?? "-"
  }
}
