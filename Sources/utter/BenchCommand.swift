import ArgumentParser
import Checkpoint
import Foundation
import Kernels
import Recognition

/// `utter bench`: speed and memory of a model on this machine.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure speed, memory and latency on this machine.",
    discussion: """
      Recognises audio of several lengths and prints medians. In turn with it, OpenBLAS alone \
      computes the encoder's matrix products: the column "of it" tells which part of that rate \
      the whole encoder reaches, "products" which part of the encoder's time goes into products.

      With --latency it dictates instead, and prints how long after key-up the text is there. \
      Nobody speaks: audio arrives on a virtual clock, on which computing takes its real time. \
      The key goes up in the middle of words, at their ends and in pauses.

      With --synthetic the weights are random and the shapes those of a released model, so that \
      nothing needs to be downloaded. They are written once to $XDG_CACHE_HOME/utter/synthetic.
      """)

  @Option(
    help: ArgumentHelp(
      "Model to measure: a name, a folder or a .nemo file (default: that of the "
        + "configuration).", valueName: "model"))
  var model: String?

  @Option(help: "Measure random weights in the shapes of this model instead.")
  var synthetic: String?

  @Option(help: "Only this precision. (default: all)")
  var precision: Precision?

  @Option(
    help: "Lengths of audio, in seconds. (default: 5,10,30,120; with --latency 5,15,60,180)")
  var audio: IntegerList?

  @Option(
    help: "Numbers of threads. (default: 1 and all physical cores; with --latency only these)")
  var threads: IntegerList?

  @Flag(help: "Measure the time from key-up to the text.")
  var latency = false

  @Option(help: "Dictations of each length, with --latency.")
  var count = 20

  @Option(help: "Recording to dictate with --latency. (default: sounds in the rhythm of speech)")
  var speech: String?

  @Flag(help: "Print a JSON object.")
  var json = false

  func validate() throws {
    if model != nil && synthetic != nil {
      throw ValidationError("--model and --synthetic exclude each other")
    }
    if count < 1 || count > 10_000 { throw ValidationError("--count must be 1 to 10000") }
    if audio?.values.contains(where: { $0 > 3_600 }) == true {
      throw ValidationError("--audio takes up to 3600 seconds")
    }
    if speech != nil && !latency { throw ValidationError("--speech goes with --latency") }
  }

  func run() throws {
    try reportingFailure {
      let cores = Team.physicalCores
      let path =
        if let synthetic {
          try SyntheticModel(named: synthetic).folder()
        } else {
          try ModelStore().resolve(try model ?? defaultModel())
        }
      // The first opening brings the weights into the page cache.
      _ = try Benchmark.measureReadiness(path, threads: cores)
      let (checkpoint, ready) = try Benchmark.measureReadiness(path, threads: cores)
      let progress = ProgressBar("Measuring")
      var runs: [BenchmarkRow] = []
      var latencies: [LatencyRow] = []
      if latency {
        latencies = try LatencyBenchmark.rows(
          checkpoint, speech: speech, lengths: audio?.values ?? [5, 15, 60, 180], count: count,
          threads: threads?.values ?? [cores], progress)
      } else {
        runs = try Benchmark(checkpoint: checkpoint).rows(
          lengths: audio?.values ?? [5, 10, 30, 120],
          threads: threads?.values ?? Array(Set([1, cores])).sorted(),
          precisions: precision.map { [$0] } ?? Precision.allCases, progress)
      }
      progress.clear()
      let report = BenchmarkReport(
        machine: BenchmarkReport.describeMachine(cores: cores), commit: BenchmarkReport.commit(),
        model: synthetic.map { "\($0), random weights" } ?? checkpoint.path, blas: blasDescription,
        isa: instructionSet, weightsBytes: checkpoint.totalBytes, readySeconds: ready, runs: runs,
        latency: latencies)
      print(json ? try report.json() : report.table)
    }
  }
}
