import ArgumentParser
import Checkpoint
import Foundation
import Recognition

/// The memory of a process that does nothing but recognise some audio once.
struct MemoryUse: Hashable {
  let precision: Precision
  let seconds: Int

  init(_ precision: Precision, seconds: Int) {
    (self.precision, self.seconds) = (precision, seconds)
  }

  /// Runs such a process: `MemoryCommand` of this program.
  ///
  /// - Parameters:
  ///   - path: The model.
  ///   - threads: Threads of the engine.
  /// - Returns: Resident memory at its highest, bytes, mapped weights included.
  /// - Throws: An exit code where the process has said what went wrong.
  func measure(_ path: String, threads: Int) throws -> Int {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe")
    process.arguments = [
      MemoryCommand.name, path, "--precision", precision.rawValue, "--threads", "\(threads)",
      "--audio", "\(seconds)",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    if process.terminationReason == .exit, process.terminationStatus != 0 {
      throw ExitCode(process.terminationStatus)
    }
    guard let bytes = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw Failure(
        "\(path): the process that measures memory was ended by signal "
          + "\(process.terminationStatus)", hint: "there may be too little memory for it",
        code: .unavailable)
    }
    return bytes
  }
}

/// The process that `MemoryUse` measures.
struct MemoryCommand: ParsableCommand {
  static let name = "measure-memory"

  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Recognise noise, and print the memory that it took.",
    shouldDisplay: false)

  @Argument(help: "Folder of the model, or a .nemo file.")
  var model: String

  @Option(help: "How weights are kept.")
  var precision: Precision

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
      let recognizer = try Recognizer(
        checkpoint: try Checkpoint.open(model), threads: threads, precision: precision)
      let samples = Benchmark.noise(seconds: audio, rate: recognizer.sampleRate)
      _ = try samples.withUnsafeBufferPointer { try recognizer.tokens(of: $0) }
      print(Self.peak)
    }
  }

  /// This process' resident memory at its highest, bytes.
  private static var peak: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
    return (kilobytes.flatMap { Int($0) } ?? 0) << 10
  }
}
