internal import Foundation

/// Dictations of one length: milliseconds from key-up to the final text.
struct LatencyRow: ReportRow {
  let precision: String
  let threads: Int
  /// Seconds from key-down to key-up, at most.
  let audioSeconds: Int
  /// Milliseconds of each dictation.
  let milliseconds: Spread
  /// Computing time divided by the length of the audio, as it was measured before.
  let rtf: Double
  /// The part of the time in which the engine computed while the key was held.
  let busyShare: Double
  let tokensPerSecond: Double

  static var fields: [ReportField<Self>] {
    [
      ReportField("precision", \.precision),
      ReportField("threads", \.threads),
      ReportField("audio_seconds", \.audioSeconds),
      ReportField("dictations", \.milliseconds.count),
      ReportField("median_ms", \.milliseconds.median),
      ReportField("p95_ms", \.milliseconds.p95),
      ReportField("max_ms", \.milliseconds.maximum),
      ReportField("rtf", \.rtf),
      ReportField("busy_share", \.busyShare),
      ReportField("tokens_per_second", \.tokensPerSecond),
    ]
  }

  /// The head of the table for people.
  static let heading =
    "precision threads audio dictations   median      p95      max     RTF   busy tokens/s"

  /// The row for people.
  var line: String {
    String(
      format: "%@ %7d %3d s %10d %5.0f ms %5.0f ms %5.0f ms %7.4f  %3.0f %% %8.1f",
      precision.padding(toLength: 9, withPad: " ", startingAt: 0), threads, audioSeconds,
      milliseconds.count, milliseconds.median, milliseconds.p95, milliseconds.maximum, rtf,
      busyShare * 100, tokensPerSecond)
  }
}
