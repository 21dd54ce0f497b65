import ArgumentParser
import Kernels

/// A part of the benchmark that can be measured alone.
enum BenchmarkPart: String, EnumerableFlag {
  case utterances, kernels, latency

  static func help(for part: BenchmarkPart) -> ArgumentHelp? {
    switch part {
    case .utterances: "Measure short utterances alone, from their end to the text."
    case .kernels: "Measure the int8 kernels alone."
    case .latency: "Measure dictations alone, from key-up to the text."
    }
  }
}

/// What is to be measured.
struct BenchmarkPlan {
  /// The only part; nil for recognition, and without `lengths` for all parts but dictations.
  let part: BenchmarkPart?
  /// Lengths of audio in seconds; nil for those of each part.
  let lengths: [Int]?
  /// Numbers of threads; nil for those of each part.
  let threads: [Int]?
  /// Rounds, utterances or dictations of each length; nil for as many as are sensible.
  let count: Int?

  private static let usualCount = 20
  /// A recording to dictate.
  let speech: String?

  /// Measures, and reports.
  func measure(_ models: BenchmarkModels, cores: Int) throws -> BenchmarkReport {
    var report = BenchmarkReport(models, cores: cores, blas: blasDescription, isa: instructionSet)
    let progress = ProgressBar("Measuring")
    defer { progress.clear() }
    let isWhole = part == nil && lengths == nil
    if part == nil {
      report.runs = try Benchmark(
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
      report.latency = try LatencyBenchmark.rows(
        quickest, speech: speech, lengths: lengths ?? [5, 15, 60, 180],
        count: count ?? Self.usualCount, threads: threads, progress)
    }
    return report
  }
}
