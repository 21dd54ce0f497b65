internal import Foundation

/// Dictations of one length, each heard twice in turn: plain, and written with rules and terms.
struct LatencyPairRow: ReportRow {
  let precision: String
  let threads: Int
  /// Seconds from key-down to key-up, at most.
  let audioSeconds: Int
  /// Milliseconds from key-up to the final text.
  let plain: Spread
  let written: Spread
  /// What each dictation took when it was written, divided by what it took when it was not.
  let ratios: Spread
  /// Milliseconds that went into the writing, over the whole dictation.
  let formatting: Spread

  static var fields: [ReportField<Self>] {
    [
      ReportField("precision", \.precision),
      ReportField("threads", \.threads),
      ReportField("audio_seconds", \.audioSeconds),
      ReportField("pairs", \.ratios.count),
      ReportField("plain_median_ms", \.plain.median),
      ReportField("plain_p95_ms", \.plain.p95),
      ReportField("written_median_ms", \.written.median),
      ReportField("written_p95_ms", \.written.p95),
      ReportField("ratio", \.ratios.median),
      ReportField("ratio_p95", \.ratios.p95),
      ReportField("formatting_ms", \.formatting.median),
    ]
  }

  /// The head of the table for people.
  static let heading =
    "precision threads audio  pairs    plain      p95  written      p95   ratio     p95  formatting"

  /// The row for people.
  var line: String {
    String(
      format: "%@ %7d %3d s %6d %5.0f ms %5.0f ms %5.0f ms %5.0f ms %7.4f %7.4f %8.2f ms",
      precision.padding(toLength: 9, withPad: " ", startingAt: 0), threads, audioSeconds,
      ratios.count, plain.median, plain.p95, written.median, written.p95, ratios.median,
      ratios.p95, formatting.median)
  }
}
