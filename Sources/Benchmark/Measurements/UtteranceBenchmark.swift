internal import Checkpoint
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
struct UtteranceRow: ReportRow {
  let precision: String
  let threads: Int
  let audioSeconds: Int
  let milliseconds: Spread

  static var fields: [ReportField<Self>] {
    [
      ReportField("precision", \.precision),
      ReportField("threads", \.threads),
      ReportField("audio_seconds", \.audioSeconds),
      ReportField("utterances", \.milliseconds.count),
      ReportField("median_ms", \.milliseconds.median),
      ReportField("p95_ms", \.milliseconds.p95),
      ReportField("max_ms", \.milliseconds.maximum),
    ]
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
