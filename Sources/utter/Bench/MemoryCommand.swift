import ArgumentParser
import Benchmark
import Recognition

/// The process that a benchmark measures the memory of.
struct MemoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: MemoryUse.command,
    abstract: "Recognise noise, and print the memory that it took.", shouldDisplay: false)

  @Argument(help: "Folder of the model, or a .nemo file.")
  var model: String

  @Option(help: "How weights are kept.")
  var precision: EnginePrecision

  @Option(help: "Threads.")
  var threads: Int

  @Option(help: "Seconds of noise.")
  var audio: Int

  func validate() throws {
    guard threads > 0, (1...BenchCommand.longest).contains(audio) else {
      throw ValidationError("--threads and --audio take positive numbers")
    }
  }

  func run() throws {
    try reportingFailure {
      print(try MemoryUse.peak(model, precision.precision, threads: threads, seconds: audio))
    }
  }
}
