internal import Foundation

/// What of a report can be compared with another one: read from its JSON.
package struct ReportFigures: Decodable {
  /// A number with its name.
  struct Figure {
    let name: String
    let value: Double
  }

  let commit: String
  /// What decides how quick a program is, beside its code; in a fixed order.
  let circumstances: [(name: String, value: String)]
  let rows: [(name: String, figures: [Figure])]

  /// A list of rows in a report.
  private struct Section {
    let key: String
    /// What a row is called, with the keys that tell rows apart in braces.
    let name: String
    /// What is compared.
    let figures: [String]
  }

  private static let sections = [
    Section(
      key: "runs", name: "{precision}, {threads} threads, {audio_seconds} s",
      figures: ["encoder_seconds", "encoder_to_sgemm", "decoder_seconds", "peak_rss_bytes"]),
    Section(
      key: "utterances", name: "utterance, {precision}, {threads} threads, {audio_seconds} s",
      figures: ["median_ms", "p95_ms"]),
    Section(
      key: "kernels", name: "kernel, {isa}, {rows} × {columns} × {inner}",
      figures: ["seconds", "to_sgemm"]),
    Section(
      key: "latency", name: "dictation, {precision}, {threads} threads, {audio_seconds} s",
      figures: ["median_ms", "p95_ms"]),
  ]
  private static let circumstanceKeys = ["machine", "model", "isa"]

  /// Reads an earlier report.
  ///
  /// - Parameter path: The file of a report in JSON.
  /// - Throws: `BenchmarkError` where it cannot be read or is something else.
  package init(file path: String) throws(BenchmarkError) {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw .unreadable(path: path)
    }
    try self.init(json: [UInt8](data), from: path)
  }

  /// Reads a report.
  ///
  /// - Parameters:
  ///   - json: The report.
  ///   - source: The file, or the program that printed it.
  /// - Throws: `BenchmarkError.noReport` where it is something else.
  init(json: [UInt8], from source: String) throws(BenchmarkError) {
    do {
      self = try JSONDecoder().decode(ReportFigures.self, from: Data(json))
    } catch {
      throw .noReport(path: source)
    }
  }

  /// Takes the figures out of a report.
  package init(_ report: BenchmarkReport) throws {
    self = try JSONDecoder().decode(ReportFigures.self, from: JSONEncoder().encode(report))
  }

  /// A row's figure, nil where there is none.
  subscript(row: String, figure: String) -> Double? {
    rows.first { $0.name == row }?.figures.first { $0.name == figure }?.value
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: ReportKey.self)
    commit = try container.decode(String.self, forKey: ReportKey("commit"))
    var rows: [(String, [Figure])] = []
    var threads: Set<Int> = []
    for section in Self.sections {
      guard
        let found = try container.decodeIfPresent(
          [[String: Value]].self, forKey: ReportKey(section.key))
      else { continue }
      for row in found {
        let name = row.reduce(section.name) { $0.replacing("{\($1.key)}", with: $1.value.text) }
        if let count = row["threads"]?.number { threads.insert(Int(exactly: count) ?? 0) }
        let figures = section.figures.compactMap { key in
          row[key]?.number.map { Figure(name: key, value: $0) }
        }
        rows.append((name, figures))
      }
    }
    let ready = try container.decodeIfPresent(
      [String: Double].self, forKey: ReportKey("ready_seconds"))
    for (precision, seconds) in (ready ?? [:]).sorted(by: { $0.key < $1.key }) {
      rows.append((precision, [Figure(name: "ready_seconds", value: seconds)]))
    }
    self.rows = rows
    circumstances =
      try Self.circumstanceKeys.map {
        ($0, try container.decode(String.self, forKey: ReportKey($0)))
      } + [("threads", threads.sorted().map(String.init).joined(separator: ", "))]
  }

  /// A number, a text or null.
  private enum Value: Decodable {
    case number(Double)
    case text(String)
    case nothing

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .nothing
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    var number: Double? { if case .number(let number) = self { number } else { nil } }

    var text: String {
      switch self {
      case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
      case .text(let text): text
      case .nothing: "–"
      }
    }
  }
}
