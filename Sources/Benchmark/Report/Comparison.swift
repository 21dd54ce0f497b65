internal import Foundation

/// Reports beside earlier ones, figure by figure.
package struct Comparison: Encodable {
  /// An earlier report and a new one.
  package typealias Pair = (earlier: ReportFigures, now: ReportFigures)

  /// A figure that all reports have: medians.
  struct Figure: Encodable {
    let row: String
    let quantity: String
    let old: Double
    let new: Double
    /// New values in units of the old ones; nil where one of these is zero.
    let ratio: Double?
    /// The ratio of each pair of reports, where there are several.
    let ratios: [Double]?

    init(row: String, quantity: String, _ values: [(old: Double, new: Double)]) {
      (self.row, self.quantity) = (row, quantity)
      old = Spread(values.map(\.old)).median
      new = Spread(values.map(\.new)).median
      let ratios = values.allSatisfy { $0.old != 0 } ? values.map { $0.new / $0.old } : nil
      ratio = ratios.map { Spread($0).median }
      self.ratios = values.count > 1 ? ratios : nil
    }
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

  /// Compares reports.
  ///
  /// - Parameters:
  ///   - pair: Says which rows there are.
  ///   - others: More pairs of reports by the same two programs.
  package init(_ pair: Pair, _ others: [Pair] = []) {
    let (earlier, now) = pair
    commit = earlier.commit
    differences = zip(earlier.circumstances, now.circumstances).compactMap { old, new in
      old.value == new.value ? nil : "the \(old.name) differ: \(old.value), now \(new.value)"
    }
    figures = now.rows.flatMap { row in
      row.figures.compactMap { figure in
        let values = ([pair] + others).compactMap { pair in
          pair.earlier[row.name, figure.name].flatMap { old in
            pair.now[row.name, figure.name].map { (old, $0) }
          }
        }
        return values.isEmpty ? nil : Figure(row: row.name, quantity: figure.name, values)
      }
    }
    let (old, new) = (earlier.rows.map(\.name), now.rows.map(\.name))
    onlyEarlier = old.filter { !new.contains($0) }
    onlyNow = new.filter { !old.contains($0) }
  }

  /// The table for people.
  package var table: String {
    var lines = ["compared with commit \(commit)"] + differences
    lines.append(
      Self.line("", "", "then", "now", "ratio", nil)
        + (figures.contains { $0.ratios != nil } ? "  least … most" : ""))
    var row = ""
    for figure in figures {
      lines.append(
        Self.line(
          figure.row == row ? "" : figure.row, figure.quantity, Self.text(figure.old),
          Self.text(figure.new), figure.ratio.map { String(format: "%.3f", $0) } ?? "–",
          figure.ratios.map(Spread.init)))
      row = figure.row
    }
    lines += onlyEarlier.map { "only then  \($0)" } + onlyNow.map { "only now   \($0)" }
    return lines.joined(separator: "\n")
  }

  private static func line(
    _ row: String, _ quantity: String, _ old: String, _ new: String, _ ratio: String,
    _ ratios: Spread?
  ) -> String {
    func right(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    return row.padding(toLength: max(44, row.count), withPad: " ", startingAt: 0) + " "
      + quantity.padding(toLength: 17, withPad: " ", startingAt: 0)
      + right(old, 12) + right(new, 12) + right(ratio, 8)
      + (ratios.map { String(format: "  %.3f … %.3f", $0.minimum, $0.maximum) } ?? "")
  }

  private static func text(_ value: Double) -> String {
    abs(value) >= 1000 ? String(format: "%.0f", value) : String(format: "%.4f", value)
  }
}
