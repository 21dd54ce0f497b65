internal import Checkpoint
internal import Dictation
internal import Foundation
internal import Recognition

/// Measures what a user waits for: the time from key-up to the final text.
///
/// Nobody has to speak in real time for it. Audio arrives on a virtual clock, a period at a time,
/// and computing takes as long on that clock as it really took; where it takes longer than the
/// audio, the backlog is there at key-up as it would be for a user. One run of a session serves
/// several dictations: at each key-up it goes on as a copy, with the decoder's memory and the
/// clock as they are, and then as if that key-up had not been.
struct LatencyBenchmark {
  private let recognizer: Recognizer
  private let speech: BenchmarkSpeech
  private let rtf: Double
  private let writing: BenchmarkWriting?

  /// Audio computed for one length, in seconds; short dictations get a run each.
  private static let patience = 360

  /// Prepares a model, and measures its speed as the daemon does.
  private init(
    _ model: BenchmarkModel, threads: Int, speech: BenchmarkSpeech, writing: BenchmarkWriting?
  ) throws(RecognitionError) {
    self.writing = writing
    recognizer = try model.recognizer(threads: threads)
    self.speech = speech
    rtf = try recognizer.measureRTF()
  }

  /// Measures every length with every number of threads.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - path: A recording of speech; nil for one that is made up.
  ///   - lengths: Seconds.
  ///   - count: Dictations of each length.
  ///   - threads: Numbers of threads.
  ///   - writing: How texts are written, for dictations that are heard twice; nil for none.
  ///   - progress: Gets the part that is done.
  /// - Returns: A row for each, and another for the pairs.
  /// - Throws: Where the recording cannot be read or the model not be run.
  static func rows(
    _ model: BenchmarkModel, speech path: String?, lengths: [Int], count: Int, threads: [Int],
    writing: BenchmarkWriting?, _ progress: (Double) -> Void
  ) throws -> [(row: LatencyRow, pairs: LatencyPairRow?)] {
    let speech = try path.map(BenchmarkSpeech.init(recording:)) ?? BenchmarkSpeech(seconds: 300)
    var rows: [(row: LatencyRow, pairs: LatencyPairRow?)] = []
    for number in threads {
      let benchmark = try LatencyBenchmark(model, threads: number, speech: speech, writing: writing)
      for seconds in lengths {
        let done = Double(rows.count)
        let all = Double(threads.count * lengths.count)
        rows.append(
          try benchmark.measure(seconds: seconds, count: count) {
            progress((done + $0) / all)
          })
      }
    }
    return rows
  }

  /// Dictates several times.
  ///
  /// - Parameters:
  ///   - seconds: The time from key-down to the latest key-up; the others are in the last fifth.
  ///   - count: Dictations.
  ///   - progress: Gets the part that is done.
  /// - Returns: What was measured.
  /// - Throws: What the recogniser throws.
  private func measure(
    seconds: Int, count: Int, progress: (Double) -> Void
  ) throws(RecognitionError) -> (row: LatencyRow, pairs: LatencyPairRow?) {
    var random = SplitMix(state: UInt64(seconds))
    let runs = max(1, min(count, Self.patience / seconds))
    var (plain, written): ([SimulatedDictation.Ending], [SimulatedDictation.Ending]) = ([], [])
    var busy = 0.0
    for run in 0..<runs {
      let audio = speech.excerpt(seconds: seconds + 2, &random)
      let keyUps = stride(from: run, to: count, by: runs).map { index in
        KeyUp(KeyUp.Kind.allCases[index % KeyUp.Kind.allCases.count], in: audio, seconds, &random)
      }
      var dictation = SimulatedDictation(recognizer, rtf: rtf)
      var other = writing.map { SimulatedDictation(recognizer, rtf: rtf, rules: $0.rules) }
      for keyUp in keyUps.sorted(by: { $0.branch < $1.branch }) {
        // In turn, so that neither is always the first.
        let isFirst = plain.count % 2 == 0
        if isFirst { plain.append(try dictation.ending(with: keyUp, of: audio)) }
        if let ending = try other?.ending(with: keyUp, of: audio) { written.append(ending) }
        if !isFirst { plain.append(try dictation.ending(with: keyUp, of: audio)) }
        progress(Double(plain.count) / Double(count))
      }
      busy += dictation.busyShare / Double(runs)
    }
    let row = LatencyRow(
      precision: recognizer.model.precision.rawValue, threads: recognizer.threads,
      audioSeconds: seconds, milliseconds: Spread(plain.map(\.milliseconds)), rtf: rtf,
      busyShare: busy,
      tokensPerSecond: plain.reduce(0) { $0 + Double($1.tokens) }
        / plain.reduce(0) { $0 + $1.seconds })
    return (row, pairs(row, plain, written))
  }

  private func pairs(
    _ row: LatencyRow, _ plain: [SimulatedDictation.Ending],
    _ written: [SimulatedDictation.Ending]
  ) -> LatencyPairRow? {
    guard !written.isEmpty else { return nil }
    return LatencyPairRow(
      precision: row.precision, threads: row.threads, audioSeconds: row.audioSeconds,
      plain: row.milliseconds, written: Spread(written.map(\.milliseconds)),
      ratios: Spread(zip(plain, written).map { $1.milliseconds / $0.milliseconds }),
      formatting: Spread(written.map(\.formatting)))
  }
}
