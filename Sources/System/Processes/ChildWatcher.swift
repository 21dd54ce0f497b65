internal import CLinux
internal import Glibc

/// Starts a program on a thread that lasts as long as the program, and waits for its end there.
///
/// The kernel ties the life of a child to the *thread* that started it, so that must be one that
/// does not end before.
final class ChildWatcher: Sendable {
  private struct State {
    var process: Result<pid_t, Errno>?
    var ending: ChildProcess.Ending?
    var lastMessages: [UInt8] = []
  }

  /// Bytes of streamed messages that are remembered.
  private static let remembered = 4_096

  private let state = Monitor(State())
  private let process: pid_t

  /// Returns when the program runs.
  ///
  /// - Parameters:
  ///   - command: The program.
  ///   - streams: What becomes its descriptors 0, 1 and 2; -1 for our own.
  ///   - messages: The end of its standard error to read, where it is streamed.
  /// - Throws: Why it does not run.
  init(
    _ command: Command, streams: [Int32], messages: consuming FileDescriptor?
  ) throws(Errno) {
    let (state, messages) = (state, MessageEnd(messages))
    _ = try NamedThread("utter-child") {
      let process = Self.start(command, streams)
      state.withLock { $0.process = process }
      guard case .success(let process) = process else { return }
      messages.readAll { piece in
        state.withLock { $0.lastMessages = ($0.lastMessages + piece).suffix(Self.remembered) }
      }
      // Only seen, not reaped: until that happens under the lock, its number is nobody else's.
      var info = siginfo_t()
      _ = try? retrying { waitid(P_PID, id_t(process), &info, WEXITED | WNOWAIT) }
      state.withLock { $0.ending = Self.reap(process) }
    }
    let started = state.wait { $0.process }
    process = try (started ?? .failure(Errno(ECHILD))).get()
  }

  /// Kills it and those that it started, if it has not ended.
  func kill() {
    state.withLock { state in
      if state.ending == nil { _ = Glibc.kill(-process, SIGKILL) }
    }
  }

  /// Waits for the end; nil where it does not come in time.
  func wait(_ limit: Duration?) -> ChildProcess.Ending? {
    state.wait(until: limit.map { .now + $0 }) { $0.ending }
  }

  /// The end of the messages by now.
  var lastMessages: [UInt8] { state.withLock(\.lastMessages) }

  private static func start(_ command: Command, _ streams: [Int32]) -> Result<pid_t, Errno> {
    let name = command.program.split(separator: "/").last.map(String.init) ?? command.program
    return withStrings([name] + command.arguments) { arguments in
      withStrings(command.environment.map { "\($0)=\($1)" }) { variables in
        let isKept = command.output == .kept || command.messages == .kept
        return FilePath(command.program).withCString { program in
          var child = clinux_child(
            program: program, arguments: arguments, variables: variables,
            streams: (streams[0], streams[1], streams[2]),
            file_limit: isKept ? UInt64(command.limit) : 0,
            ends_with_caller: command.endsWithParent)
          let process = clinux_start(&child)
          return process > 0 ? .success(process) : .failure(Errno(-process))
        }
      }
    }
  }

  private static func reap(_ process: pid_t) -> ChildProcess.Ending {
    var status: Int32 = 0
    _ = try? retrying { waitpid(process, &status, 0) }
    let signal = status & 0x7f
    return signal == 0 ? .exit(code: status >> 8 & 0xff) : .signal(signal)
  }
}

/// The end of a program's messages, handed over to the thread that reads them.
private final class MessageEnd: Sendable {
  private let descriptor: FileDescriptor?

  init(_ descriptor: consuming FileDescriptor?) { self.descriptor = descriptor }

  /// Reads to the end, where there is something to read.
  func readAll(_ body: (ArraySlice<UInt8>) -> Void) {
    var piece = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = try? piece.withUnsafeMutableBufferPointer { piece throws(Errno) in
        try descriptor?.read(into: UnsafeMutableRawBufferPointer(piece))
      }
      guard let count, count > 0 else { return }
      body(piece[..<count])
    }
  }
}

/// Lends texts, spelled as paths are, as C has them, with a null at the end.
private func withStrings<Result>(
  _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result
) -> Result {
  let strings = texts.map { FilePath($0).withCString { strdup($0) } } + [nil]
  defer { for string in strings { free(string) } }
  return strings.withUnsafeBufferPointer { body($0.baseAddress) }
}
