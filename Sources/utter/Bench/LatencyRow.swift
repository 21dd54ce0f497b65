import Foundation

/// Dictations of one length: milliseconds from key-up to the final text.
struct LatencyRow: Encodable {
  let threads: Int
  /// Seconds from key-down to key-up, at most.
  let audioSeconds: Int
  /// Milliseconds of each dictation, the least first.
  let milliseconds: [Double]
  /// Computing time divided by the length of the audio, as it was measured before.
  let rtf: Double
  /// The part of the time in which the engine computed while the key was held.
  let busyShare: Double
  let tokensPerSecond: Double

  var median: Double { percentile(50) }
  var p95: Double { percentile(95) }
  var maximum: Double { milliseconds.last ?? 0 }

  /// The least value that so many percent of all do not exceed.
  private func percentile(_ percent: Int) -> Double {
    let rank = (milliseconds.count * percent + 99) / 100
    return milliseconds[max(0, rank - 1)]
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(threads, forKey: .threads)
    try container.encode(audioSeconds, forKey: .audioSeconds)
    try container.encode(milliseconds.count, forKey: .dictations)
    try container.encode(median, forKey: .median)
    try container.encode(p95, forKey: .p95)
    try container.encode(maximum, forKey: .maximum)
    try container.encode(rtf, forKey: .rtf)
    try container.encode(busyShare, forKey: .busyShare)
    try container.encode(tokensPerSecond, forKey: .tokensPerSecond)
  }

  private enum Key: String, CodingKey {
    case threads, dictations, rtf
    case audioSeconds = "audio_seconds"
    case median = "median_ms"
    case p95 = "p95_ms"
    case maximum = "max_ms"
    case busyShare = "busy_share"
    case tokensPerSecond = "tokens_per_second"
  }

  /// The head of the table for people.
  static let heading = "threads audio dictations   median      p95      max     RTF   busy tokens/s"

  /// The row for people.
  var line: String {
    String(
      format: "%7d %3d s %10d %5.0f ms %5.0f ms %5.0f ms %7.4f  %3.0f %% %8.1f", threads,
      audioSeconds, milliseconds.count, median, p95, maximum, rtf, busyShare * 100,
      tokensPerSecond)
  }
}
