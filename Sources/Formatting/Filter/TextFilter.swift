internal import System

/// A program of the user's that changes each text: standard input to standard output.
///
/// It is started anew for each text, and never through a shell.
package struct TextFilter: Sendable, Equatable {
  /// How long it may take.
  package static let patience = Duration.milliseconds(300)

  /// The program, and its arguments.
  package let command: [String]

  /// Bytes that a text may have.
  private static let longest = 1 << 20

  /// A filter; nil where there is no program in the command.
  package init?(_ command: [String]) {
    guard command.first?.isEmpty == false else { return nil }
    self.command = command
  }

  /// What the program makes of a text; blocks until it ends, or its time is over.
  ///
  /// A newline that it adds at the end is not part of the text.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - limit: How long the program may take.
  /// - Returns: The text that is written.
  /// - Throws: `TextFilterError`; the text is to be written as it is then.
  package func filtered(
    _ text: String, within limit: Duration = patience
  ) throws(TextFilterError) -> String {
    let output = try run(Array(text.utf8), limit)
    guard let filtered = String(validating: output, as: UTF8.self) else { throw error(.notText) }
    let addsNewline = filtered.hasSuffix("\n") && !text.hasSuffix("\n")
    return addsNewline ? String(filtered.dropLast()) : filtered
  }

  private func run(_ text: [UInt8], _ limit: Duration) throws(TextFilterError) -> [UInt8] {
    guard let path = findProgram(command[0], path: Environment.value(of: "PATH")) else {
      throw error(.missing)
    }
    let deadline = ContinuousClock.now + limit
    let child: ChildProcess
    do throws(Errno) {
      var command = Command(path, Array(command.dropFirst()))
      command.limit = Self.longest
      child = try command.start(input: FileDescriptor(inMemory: text))
    } catch {
      throw self.error(.unstartable("\(error)"))
    }
    guard let ending = child.wait(max(.zero, ContinuousClock.now.duration(to: deadline))) else {
      throw error(.late(limit))
    }
    switch ending {
    case .exit(code: 0): break
    case .exit(let code): throw error(.failed(code: code))
    case .signal(let number): throw error(.killed(signal: number))
    }
    guard !child.isOutputCut else { throw error(.tooLong) }
    return child.output
  }

  private func error(_ reason: TextFilterError.Reason) -> TextFilterError {
    TextFilterError(program: command[0], reason: reason)
  }
}

/// Why a filter's output is not used.
package struct TextFilterError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What went wrong.
  package enum Reason: Equatable, Sendable {
    /// There is no such program.
    case missing
    /// The system does not start it.
    case unstartable(String)
    /// It takes too long.
    case late(Duration)
    /// It failed.
    case failed(code: Int32)
    /// A signal ended it.
    case killed(signal: Int32)
    /// Its output is not UTF-8.
    case notText
    /// Its output is longer than any text.
    case tooLong
  }

  /// The program as the user calls it.
  package let program: String
  /// What went wrong.
  package let reason: Reason

  /// `<program>: <why>` on one line; nothing of the text.
  package var description: String {
    switch reason {
    case .missing: "\(program): no such program"
    case .unstartable(let why): "\(program): \(why)"
    case .late(let limit): "\(program): takes longer than \(Int(limit / .milliseconds(1))) ms"
    case .failed(let code): "\(program): ended with code \(code)"
    case .killed(let signal): "\(program): was ended by signal \(signal)"
    case .notText: "\(program): its output is not UTF-8"
    case .tooLong: "\(program): its output is longer than 1 MiB"
    }
  }
}
