public import Foundation

/// Runs the `utter` that was built with the tests, or another program.
public enum CommandRunner {
  /// What a finished command left.
  public struct Outcome {
    /// Standard output.
    public let output: String
    /// Standard error.
    public let errors: String
    /// Exit code; the signal's number plus 128 after a signal, as in a shell.
    public let code: Int32
  }

  /// The program beside the test bundle.
  public static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "utter")

  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - arguments: Everything after the program's name.
  ///   - program: What to run.
  ///   - input: Standard input through a pipe, at most what a pipe holds; nothing by default.
  ///   - environment: Variables to set beside those of the tests.
  /// - Returns: What it printed, and its exit code.
  /// - Throws: When the program cannot be started.
  public static func run(
    _ arguments: [String], of program: URL = CommandRunner.program, input: Data = Data(),
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: input)
    try pipe.fileHandleForWriting.close()
    process.standardInput = pipe
    // Files, because two pipes would have to be read at once.
    return try withTemporaryFolder { folder in
      let streams = ["output", "errors"].map { folder.appending(path: $0) }
      for stream in streams { try Data().write(to: stream) }
      process.standardOutput = try FileHandle(forWritingTo: streams[0])
      process.standardError = try FileHandle(forWritingTo: streams[1])
      try process.run()
      process.waitUntilExit()
      let signal: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
      return Outcome(
        output: try String(contentsOf: streams[0], encoding: .utf8),
        errors: try String(contentsOf: streams[1], encoding: .utf8),
        code: process.terminationStatus + signal)
    }
  }
}

/// Runs a body with a new folder, and removes the folder.
///
/// - Parameter body: Takes the folder.
/// - Returns: What the body returns.
/// - Throws: What the body throws.
public func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}
