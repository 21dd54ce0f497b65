internal import Foundation

/// Dictations of one length: milliseconds from key-up to the final text.
struct LatencyRow: Encodable {
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

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(precision, forKey: .precision)
    try container.encode(threads, forKey: .threads)
    try container.encode(audioSeconds, forKey: .audioSeconds)
    try container.encode(milliseconds.count, forKey: .dictations)
    try container.encode(milliseconds.median, forKey: .median)
    try container.encode(milliseconds.p95, forKey: .p95)
    try container.encode(milliseconds.maximum, forKey: .maximum)
    try container.encode(rtf, forKey: .rtf)
    try container.encode(busyShare, forKey: .busyShare)
    try container.encode(tokensPerSecond, forKey: .tokensPerSecond)
  }

  private enum Key: String, CodingKey {
    case precision, threads, dictations, rtf
    case audioSeconds = "audio_seconds"
    case median = "median_ms"
    case p95 = "p95_ms"
    case maximum = "max_ms"
    case busyShare = "busy_share"
    case tokensPerSecond = "tokens_per_second"
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
