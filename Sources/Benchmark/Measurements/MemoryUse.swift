package import Checkpoint
internal import Foundation
internal import Recognition
internal import System
internal import Transcription

/// The memory of a process that does nothing but recognise some audio once.
package struct MemoryUse: Hashable {
  /// The command of this program that becomes such a process: it takes the model and the options
  /// `--precision`, `--threads` and `--audio`, and prints what `peak` returns.
  package static let command = "measure-memory"

  let precision: Precision
  let seconds: Int

  init(_ precision: Precision, seconds: Int) {
    (self.precision, self.seconds) = (precision, seconds)
  }

  /// Runs such a process.
  ///
  /// - Parameters:
  ///   - path: The model.
  ///   - threads: Threads of the engine.
  /// - Returns: Resident memory at its highest, bytes, mapped weights included.
  /// - Throws: `BenchmarkError.failed` where the process has said what went wrong.
  func measure(_ path: String, threads: Int) throws(BenchmarkError) -> Int {
    let process = MeasuringProcess(
      program: MeasuringProcess.ownProgram,
      arguments: [
        Self.command, path, "--precision", precision.rawValue, "--threads", "\(threads)",
        "--audio", "\(seconds)",
      ])
    let text = String(decoding: try process.output(), as: UTF8.self)
    guard let bytes = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw BenchmarkError.noReport(path: process.program)
    }
    return bytes
  }

  /// Recognises noise, and looks at the memory that this process took.
  ///
  /// - Parameters:
  ///   - model: Folder of the model, or a `.nemo` file.
  ///   - precision: How weights are kept.
  ///   - threads: Threads of the engine.
  ///   - seconds: Length of the noise.
  /// - Returns: Resident memory at its highest, bytes.
  /// - Throws: Where the model cannot be run.
  package static func peak(
    _ model: String, _ precision: Precision, threads: Int, seconds: Int
  ) throws -> Int {
    let speech = try LoadedModel(model, precision: precision, threads: threads).speech
    let recognizer = try Recognizer(speech, threads: threads)
    let samples = RecognitionBenchmark.noise(seconds: seconds, rate: speech.sampleRate)
    _ = try samples.withUnsafeBufferPointer { try recognizer.tokens(of: $0) }
    return peakMemory() ?? 0
  }
}
