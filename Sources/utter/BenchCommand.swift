import ArgumentParser
import Checkpoint
import Foundation
import Kernels

/// `utter bench`: speed and memory of a model on this machine.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure speed and memory on this machine.",
    discussion: """
      Recognises audio of several lengths and prints medians. In turn with it, OpenBLAS alone \
      computes the encoder's matrix products: the column "of it" tells which part of that rate \
      the whole encoder reaches, "products" which part of the encoder's time goes into products.

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

  @Option(help: "Lengths of audio, in seconds.")
  var audio = IntegerList([5, 10, 30, 120])

  @Option(help: "Numbers of threads. (default: 1 and all physical cores)")
  var threads: IntegerList?

  @Flag(help: "Print a JSON object.")
  var json = false

  func validate() throws {
    if model != nil && synthetic != nil {
      throw ValidationError("--model and --synthetic exclude each other")
    }
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
      let benchmark = Benchmark(checkpoint: checkpoint)
      let progress = ProgressBar("Measuring")
      let counts = threads?.values ?? Array(Set([1, cores])).sorted()
      var runs: [BenchmarkRow] = []
      for count in counts {
        for seconds in audio.values {
          let all = counts.count * audio.values.count
          progress.show(Double(runs.count) / Double(all))
          runs.append(try benchmark.measure(seconds: seconds, threads: count))
        }
      }
      progress.clear()
      let report = BenchmarkReport(
        machine: BenchmarkReport.describeMachine(cores: cores), commit: BenchmarkReport.commit(),
        model: synthetic.map { "\($0), random weights" } ?? checkpoint.path, blas: blasDescription,
        isa: instructionSet, weightsBytes: checkpoint.totalBytes, readySeconds: ready, runs: runs)
      print(json ? try report.json() : report.table)
    }
  }
}

/// Positive integers separated by commas.
struct IntegerList: ExpressibleByArgument {
  let values: [Int]

  init(_ values: [Int]) { self.values = values }

  init?(argument: String) {
    let parts = argument.split(separator: ",").map { Int($0) }
    values = parts.compactMap { $0 }.filter { $0 > 0 }
    if values.isEmpty || values.count != parts.count { return nil }
  }

  var defaultValueDescription: String { values.map(String.init).joined(separator: ",") }
}
