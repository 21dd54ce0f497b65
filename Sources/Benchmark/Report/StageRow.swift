internal import Checkpoint
internal import Foundation
internal import Recognition

/// What one stage of a recognition took.
struct StageRow: ReportRow {
  let precision: String
  let threads: Int
  let audioSeconds: Int
  let stage: String
  let seconds: Double
  /// Time in units of the encoder's.
  let share: Double
  /// Billion operations of matrix products a second; nil for stages without products.
  let rate: Double?
  /// The rate in units of that of OpenBLAS alone on all products.
  let rooflineShare: Double?
  private let isEncoder: Bool

  init(
    precision: String, threads: Int, audioSeconds: Int, stage: Instrument.Stage, seconds: Double,
    encoderSeconds: Double, operations: Double?, sgemmRate: Double?
  ) {
    (self.precision, self.threads, self.audioSeconds) = (precision, threads, audioSeconds)
    self.stage = stage.name
    isEncoder = Instrument.Stage.encoder.contains(stage)
    self.seconds = seconds
    share = seconds / encoderSeconds
    let rate = seconds > 0 ? operations.map { $0 / seconds / 1e9 } : nil
    self.rate = rate
    rooflineShare = sgemmRate.flatMap { alone in rate.map { $0 / alone } }
  }

  static var fields: [ReportField<Self>] {
    [
      ReportField("precision", \.precision),
      ReportField("threads", \.threads),
      ReportField("audio_seconds", \.audioSeconds),
      ReportField("stage", \.stage),
      ReportField("in_encoder", \.isEncoder),
      ReportField("seconds", \.seconds),
      ReportField("of_encoder", \.share),
      ReportField("gflops", \.rate),
      ReportField("of_roofline", \.rooflineShare),
    ]
  }

  /// Time, share and rates for people, 24 characters.
  private var cell: String {
    let rate = rate.map { String(format: "%5.0f", $0) } ?? "    –"
    let part = rooflineShare.map { String(format: "%4.0f%%", $0 * 100) } ?? "    –"
    return String(format: "%7.1f %3.0f%% %@ %@", seconds * 1e3, share * 100, rate, part)
  }

  /// Tables for people, one for each precision, of the rows with the most threads; up to four
  /// lengths stand side by side.
  static func tables(_ runs: [BenchmarkRow]) -> [String] {
    let threads = runs.map(\.threads).max() ?? 0
    let runs = runs.filter { $0.threads == threads }
    var tables: [String] = []
    for precision in Precision.inMemory.map(\.rawValue) {
      let columns = runs.filter { $0.precision == precision }
      for start in stride(from: 0, to: columns.count, by: 4) {
        tables.append(table(columns[start..<min(start + 4, columns.count)], precision, threads))
      }
    }
    return tables
  }

  private static func table(
    _ columns: ArraySlice<BenchmarkRow>, _ precision: String, _ threads: Int
  ) -> String {
    func padded(_ text: String) -> String {
      text.padding(toLength: 21, withPad: " ", startingAt: 0)
    }
    func head(_ titles: [String]) -> String {
      zip([7, 5, 6, 6], titles).map { width, title in
        String(repeating: " ", count: max(0, width - title.count)) + title
      }.joined()
    }
    let lengths = columns.map { head(["\($0.audioSeconds) s", "of", "GFLOP", "of"]) }
    let units = columns.map { _ in head(["ms", "enc.", "/s", "sgemm"]) }
    var lines = [
      padded("\(precision), \(threads) threads") + lengths.joined(separator: " "),
      padded("") + units.joined(separator: " "),
    ]
    for stage in Instrument.Stage.allCases {
      let cells = columns.compactMap { run in
        run.stages.first { $0.stage == stage.name }?.cell
      }
      lines.append(padded(stage.name) + cells.joined(separator: " "))
    }
    return lines.joined(separator: "\n")
  }
}

extension Instrument.Stage {
  /// The stage in a report: `attention_scores`.
  fileprivate var name: String {
    "\(self)".replacing(#/[A-Z]/#) { "_\($0.output.lowercased())" }
  }
}
