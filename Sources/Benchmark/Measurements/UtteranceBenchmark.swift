internal import Foundation
internal import Recognition

/// Measures short utterances that are computed wholly after their end, features to text.
struct UtteranceBenchmark {
  let model: BenchmarkModel
  let lengths: [Int]
  let count: Int

  /// Measures every length with every number of threads.
  ///
  /// - Parameters:
  ///   - threads: Numbers of threads.
  ///   - progress: Gets the part that is done.
  /// - Returns: A row for each.
  /// - Throws: What the recogniser throws.
  func rows(threads: [Int], _ progress: (Double) -> Void) throws(RecognitionError) -> [UtteranceRow]
  {
    let speech = BenchmarkSpeech(seconds: 60)
    var rows: [UtteranceRow] = []
    for number in threads {
      let recognizer = try model.recognizer(threads: number)
      for seconds in lengths {
        progress(Double(rows.count) / Double(threads.count * lengths.count))
        var random = SplitMix(state: UInt64(seconds))
        var milliseconds: [Double] = []
        // The first one fills tables that engines keep.
        for _ in 0...count {
          let audio = speech.excerpt(seconds: seconds, &random)
          let start = ContinuousClock.now
          _ = try audio.withUnsafeBufferPointer { samples throws(RecognitionError) in
            try recognizer.transcribe(samples)
          }
          milliseconds.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        rows.append(
          UtteranceRow(
            precision: model.precision.rawValue, threads: recognizer.threads,
            audioSeconds: seconds, milliseconds: Spread(Array(milliseconds.dropFirst()))))
      }
    }
    return rows
  }
}

/// Utterances of one length: milliseconds from their end to the text.
struct UtteranceRow: Encodable {
  let precision: String
  let threads: Int
  let audioSeconds: Int
  let milliseconds: Spread

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(precision, forKey: .precision)
    try container.encode(threads, forKey: .threads)
    try container.encode(audioSeconds, forKey: .audioSeconds)
    try container.encode(milliseconds.count, forKey: .utterances)
    try container.encode(milliseconds.median, forKey: .median)
    try container.encode(milliseconds.p95, forKey: .p95)
    try container.encode(milliseconds.maximum, forKey: .maximum)
  }

  private enum Key: String, CodingKey {
    case precision, threads, utterances
    case audioSeconds = "audio_seconds"
    case median = "median_ms"
    case p95 = "p95_ms"
    case maximum = "max_ms"
  }

  /// The head of the table for people.
  static let heading = "precision threads utterance  count    median       p95       max"

  /// The row for people.
  var line: String {
    String(
      format: "%@ %7d %7d s %6d %6.0f ms %6.0f ms %6.0f ms",
      precision.padding(toLength: 9, withPad: " ", startingAt: 0), threads, audioSeconds,
      milliseconds.count, milliseconds.median, milliseconds.p95, milliseconds.maximum)
  }
}
