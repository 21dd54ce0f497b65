internal import Foundation

extension ComparisonReport {
  /// The tables for people: shares in percent with their 95 % intervals.
  ///
  /// - Parameter worst: How many recordings with errors are shown.
  /// - Returns: Lines.
  package func table(worst: Int) -> String {
    let fields = groups.compactMap(\.field).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let sections = [
      wholeLines, TextTable.lines(effortRows).joined(separator: "\n"), differenceLines,
      fields.map(lines).joined(separator: "\n\n"), worstLines(worst),
      "texts are compared by the rules \(normalizer)",
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  /// All recordings together.
  private var wholeLines: String {
    guard let whole = groups.first else { return "" }
    let size = String(
      format: "%d recordings, %.1f min, %d words", whole.recordings, whole.seconds / 60,
      whole.words)
    return ([size] + TextTable.lines(rows(of: whole))).joined(separator: "\n")
  }

  /// Word error rates of the groups of a field.
  private func lines(by field: String) -> String {
    let some = groups.filter { $0.field == field }
    let heads = ["WER by \(field)", "recordings", "words"] + configurations
    return TextTable.lines(
      [heads]
        + some.map { group in
          [group.value ?? "", String(group.recordings), String(group.words)]
            + group.scores.map { $0.wer?.share ?? "-" }
        }
    ).joined(separator: "\n")
  }

  /// Heads and cells of a group's figures.
  func rows(of group: ComparedGroup) -> [[String]] {
    let columns: [(title: String, cell: (ComparedScore) -> String?)] = [
      ("configuration", { $0.configuration }), ("WER", { $0.wer?.share }),
      ("CER", { $0.cer?.share }), ("ins", { String($0.insertions) }),
      ("del", { String($0.deletions) }), ("sub", { String($0.substitutions) }),
      ("term recall", { $0.termRecall?.share }), ("precision", { $0.termPrecision?.share }),
      ("marks", { $0.punctuation?.share }), ("case", { $0.capitals?.share }),
    ]
    // What the manifest says nothing about has no column.
    let shown = columns.filter { column in group.scores.contains { column.cell($0) != nil } }
    return [shown.map(\.title)] + group.scores.map { score in shown.map { $0.cell(score) ?? "-" } }
  }

  /// Heads and cells of what hearing took.
  var effortRows: [[String]] {
    let columns: [(title: String, cell: (Effort) -> String?)] = [
      ("configuration", { $0.configuration }),
      ("RTF", { $0.rtf.map { String(format: "%.4f", $0) } }),
      ("p50", { $0.latency.map { ComparisonReport.time($0.p50) } }),
      ("p95", { $0.latency.map { ComparisonReport.time($0.p95) } }),
      ("memory", { $0.peakBytes.map { String(format: "%.0f MB", Double($0) / 1e6) } }),
      (
        "watts",
        { effort in
          effort.watts.map { String(format: "%.1f", $0) + (effort.isMeasured ? "" : " (given)") }
        }
      ),
      ("kJ/h", { $0.joulesPerHour.map { String(format: "%.2f", $0 / 1000) } }),
      ("cost/h", { $0.costPerHour.map(ComparisonReport.price) }),
    ]
    let shown = columns.filter { column in
      efforts.contains { column.cell($0) != nil } || !hosted.isEmpty && column.title == "cost/h"
    }
    let services = hosted.map { service in
      shown.map { column in
        switch column.title {
        case "configuration": service.name
        case "cost/h": Self.price(service.costPerHour)
        default: "-"
        }
      }
    }
    return [shown.map(\.title)] + efforts.map { effort in shown.map { $0.cell(effort) ?? "-" } }
      + services
  }

  private var differenceLines: String {
    differences.map { pair in
      let much = pair.wer.map { String(format: "%+.2f", $0 * 100) } ?? "-"
      return "\(pair.second) against \(pair.first): WER \(much), "
        + "p \(Self.probability(pair.probability))"
    }.joined(separator: "\n")
  }

  private func worstLines(_ count: Int) -> String {
    recordings.filter { $0.errors > 0 }.prefix(count).map { recording in
      ([recording.heading]
        + recording.heard.map { heard in
          "  \(heard.configuration), \(heard.errors) errors: "
            + heard.differences.map(\.marked).joined(separator: " ")
        }).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// A probability, of which small ones need no digits.
  static func probability(_ value: Double?) -> String {
    value.map { $0 < 0.001 ? "<.001" : String(format: "%.3f", $0) } ?? "-"
  }

  /// A time in the unit that suits it.
  static func time(_ seconds: Double) -> String {
    switch seconds {
    case ..<0.001: String(format: "%.1f ms", seconds * 1000)
    case ..<1: String(format: "%.0f ms", seconds * 1000)
    case ..<10: String(format: "%.2f s", seconds)
    default: String(format: "%.0f s", seconds)
    }
  }

  /// A price with the digits that tell small ones apart.
  static func price(_ price: Double) -> String {
    String(format: price < 0.1 ? "%.5f" : "%.2f", price)
  }
}

extension RecordingReport {
  /// Its name and size.
  var heading: String { recording + String(format: ", %.1f s, %d words", seconds, words) }
}

extension WordDifference {
  /// The words; where they differ, `[said → heard]`.
  fileprivate var marked: String {
    let (said, heard) = (said.joined(separator: " "), heard.joined(separator: " "))
    if isRight { return said }
    return "[\(said.isEmpty ? "" : said + " ")→\(heard.isEmpty ? "" : " " + heard)]"
  }
}

extension Figure {
  /// A share in percent with its interval.
  var share: String {
    let percent = String(format: "%.2f", value * 100)
    guard let low, let high else { return percent }
    return percent + String(format: " (%.1f-%.1f)", low * 100, high * 100)
  }
}
