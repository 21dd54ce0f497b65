internal import Foundation

/// A report beside an earlier one, figure by figure.
package struct Comparison: Encodable {
  /// A figure that both reports have.
  struct Figure: Encodable {
    let row: String
    let quantity: String
    let old: Double
    let new: Double
    /// `new` in units of `old`; nil where `old` is zero.
    let ratio: Double?
  }

  /// The earlier report's commit.
  let commit: String
  /// What else changed between the two, one sentence each.
  let differences: [String]
  let figures: [Figure]
  /// Rows of the earlier report alone.
  let onlyEarlier: [String]
  /// Rows of the new report alone.
  let onlyNow: [String]

  private enum CodingKeys: String, CodingKey {
    case commit, differences, figures
    case onlyEarlier = "only_earlier"
    case onlyNow = "only_now"
  }

  /// Compares a report with an earlier one.
  package init(_ now: ReportFigures, with earlier: ReportFigures) {
    commit = earlier.commit
    differences = zip(earlier.circumstances, now.circumstances).compactMap { old, new in
      old.value == new.value ? nil : "the \(old.name) differ: \(old.value), now \(new.value)"
    }
    let old = Dictionary(earlier.rows.map { ($0.name, $0.figures) }) { $1 }
    figures = now.rows.flatMap { row in
      row.figures.compactMap { figure in
        old[row.name]?.first { $0.name == figure.name }.map {
          Figure(
            row: row.name, quantity: figure.name, old: $0.value, new: figure.value,
            ratio: $0.value == 0 ? nil : figure.value / $0.value)
        }
      }
    }
    let names = Set(now.rows.map(\.name))
    onlyEarlier = earlier.rows.map(\.name).filter { !names.contains($0) }
    onlyNow = now.rows.map(\.name).filter { old[$0] == nil }
  }

  /// The table for people.
  var table: String {
    var lines = ["compared with commit \(commit)"] + differences
    lines.append(Self.line("", "", "then", "now", "ratio"))
    var row = ""
    for figure in figures {
      lines.append(
        Self.line(
          figure.row == row ? "" : figure.row, figure.quantity, Self.text(figure.old),
          Self.text(figure.new), figure.ratio.map { String(format: "%.3f", $0) } ?? "–"))
      row = figure.row
    }
    lines += onlyEarlier.map { "only then  \($0)" } + onlyNow.map { "only now   \($0)" }
    return lines.joined(separator: "\n")
  }

  private static func line(
    _ row: String, _ quantity: String, _ old: String, _ new: String, _ ratio: String
  ) -> String {
    func right(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    return row.padding(toLength: max(44, row.count), withPad: " ", startingAt: 0) + " "
      + quantity.padding(toLength: 17, withPad: " ", startingAt: 0)
      + right(old, 12) + right(new, 12) + right(ratio, 8)
  }

  private static func text(_ value: Double) -> String {
    abs(value) >= 1000 ? String(format: "%.0f", value) : String(format: "%.4f", value)
  }
}
