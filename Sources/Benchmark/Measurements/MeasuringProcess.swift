internal import Foundation

/// A process that measures, and prints what it found.
struct MeasuringProcess {
  /// The program that runs now.
  static let ownProgram = "/proc/self/exe"

  let program: String
  let arguments: [String]

  /// Runs it to its end; what it says on stderr is seen by the user.
  ///
  /// - Returns: What it printed.
  /// - Throws: `BenchmarkError` where it cannot be started or did not succeed.
  func output() throws(BenchmarkError) -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    guard (try? process.run()) != nil else { throw .unreadable(path: program) }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    switch (process.terminationReason, process.terminationStatus) {
    case (.exit, 0): return data
    case (.exit, let code): throw .failed(program: program, code: code)
    case (_, let signal): throw .ended(program: program, signal: signal)
    }
  }
}
