internal import Kernels

/// A part of the benchmark that can be measured alone.
package enum BenchmarkPart: String, CaseIterable {
  /// Short utterances, from their end to the text.
  case utterances
  /// The int8 kernels.
  case kernels
  /// Dictations, from key-up to the text.
  case latency
}

/// What is to be measured.
package struct BenchmarkPlan {
  /// The only part; nil for recognition, and without `lengths` for all parts but dictations.
  let part: BenchmarkPart?
  /// Lengths of audio in seconds; nil for those of each part.
  let lengths: [Int]?
  /// Numbers of threads; nil for those of each part.
  let threads: [Int]?
  /// Rounds, utterances or dictations of each length; nil for as many as are sensible.
  let count: Int?
  /// A recording to dictate; nil for sounds in the rhythm of speech.
  let speech: String?
  /// How dictations are written besides; nil for not at all.
  let writing: BenchmarkWriting?

  private static let usualCount = 20

  /// Plans a benchmark.
  package init(
    part: BenchmarkPart?, lengths: [Int]?, threads: [Int]?, count: Int?, speech: String?,
    writing: BenchmarkWriting? = nil
  ) {
    (self.part, self.lengths, self.threads) = (part, lengths, threads)
    (self.count, self.speech, self.writing) = (count, speech, writing)
  }

  /// Measures, and reports.
  ///
  /// - Parameters:
  ///   - models: What to measure.
  ///   - cores: Processor cores that this process may use.
  ///   - progress: Gets the part that is done.
  /// - Returns: All figures.
  /// - Throws: Where a model cannot be run or the recording not be read.
  package func measure(
    _ models: BenchmarkModels, cores: Int, _ progress: (Double) -> Void
  ) throws -> BenchmarkReport {
    var report = BenchmarkReport(models, cores: cores, blas: blasDescription, isa: instructionSet)
    let isWhole = part == nil && lengths == nil
    if part == nil {
      report.runs = try RecognitionBenchmark(
        models: models, lengths: lengths ?? [5, 10, 30, 120],
        threads: threads ?? Array(Set([1, cores])).sorted(), count: count
      ).rows(progress)
    }
    guard let quickest = models.quickest else { return report }
    let threads = threads ?? [cores]
    if isWhole || part == .utterances {
      report.utterances = try UtteranceBenchmark(
        model: quickest, lengths: lengths ?? [2, 5, 15], count: count ?? Self.usualCount
      ).rows(threads: threads, progress)
    }
    if isWhole || part == .kernels {
      report.kernels = try KernelBenchmark(
        checkpoint: quickest.checkpoint, lengths: lengths ?? [10, 120]
      ).rows(progress)
    }
    if part == .latency {
      let rows = try LatencyBenchmark.rows(
        quickest, speech: speech, lengths: lengths ?? [5, 15, 60, 180],
        count: count ?? Self.usualCount, threads: threads, writing: writing, progress)
      report.latency = rows.map(\.row)
      report.latencyPairs = rows.compactMap(\.pairs)
      report.formatting = writing.map { [FormattingBenchmark($0).row()] } ?? []
    }
    return report
  }
}
