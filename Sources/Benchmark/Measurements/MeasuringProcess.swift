internal import System

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
  func output() throws(BenchmarkError) -> [UInt8] {
    var command = Command(program, arguments)
    command.messages = .inherited
    guard let process = try? command.start() else { throw .unreadable(path: program) }
    switch process.wait() {
    case .exit(0)?, nil: return process.output
    case .exit(let code)?: throw .failed(program: program, code: code)
    case .signal(let number)?: throw .ended(program: program, signal: number)
    }
  }
}
