internal import CLinux
internal import Glibc

/// A program that was started, and that is killed with this object unless it was let go.
package final class ChildProcess: Sendable {
  /// How a program ended.
  package enum Ending: Equatable, Sendable {
    case exit(code: Int32)
    case signal(Int32)

    /// The exit code, or the signal's number plus 128 as in a shell.
    package var code: Int32 {
      switch self {
      case .exit(let code): code
      case .signal(let number): 128 + number
      }
    }
  }

  private let watcher: ChildWatcher
  private let keptOutput: FileDescriptor?
  private let streamedOutput: FileDescriptor?
  private let keptMessages: FileDescriptor?
  private let limit: Int
  private let isLetGo = Monitor(false)

  init(_ command: Command, input: consuming FileDescriptor?) throws(Errno) {
    var output = try StreamEnds(command.output)
    var messages = try StreamEnds(command.messages)
    let source = if let input { input } else { try FileDescriptor.nothing(O_RDONLY) }
    watcher = try ChildWatcher(
      command, streams: [source.number, output.childNumber, messages.childNumber],
      messages: messages.reading.take())
    keptOutput = output.kept.take()
    streamedOutput = output.reading.take()
    keptMessages = messages.kept.take()
    limit = command.limit
    // The program has its own of these by now.
    _ = consume source
  }

  deinit {
    guard !isLetGo.withLock(\.self) else { return }
    watcher.kill()
    _ = watcher.wait(.seconds(1))
  }

  /// Lets it run on after this object is gone.
  package func letGo() { isLetGo.withLock { $0 = true } }

  /// Waits for the end.
  ///
  /// - Parameter limit: How long at most; nil for ever.
  /// - Returns: How it ended; nil while it runs.
  package func wait(_ limit: Duration? = nil) -> Ending? { watcher.wait(limit) }

  /// Waits for output that is streamed.
  ///
  /// - Returns: How many bytes; 0 at the end.
  /// - Throws: Why it cannot be read.
  package func read(into bytes: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    try streamedOutput?.read(into: bytes) ?? 0
  }

  /// Waits for output that is streamed, or its end.
  ///
  /// - Parameter limit: How long at most.
  /// - Returns: False where there is neither by then.
  package func awaitOutput(_ limit: Duration) -> Bool {
    streamedOutput?.isReadable(within: limit) ?? true
  }

  /// The output that was kept by now.
  package var output: [UInt8] { (try? keptOutput?.readAll()) ?? [] }

  /// The same as text.
  package var outputText: String { String(decoding: output, as: UTF8.self) }

  /// Its messages by now; of those that are streamed, the last few.
  package var messageText: String {
    let kept = (try? keptMessages?.readAll()) ?? watcher.lastMessages
    return String(decoding: kept, as: UTF8.self)
  }

  /// Whether it wrote more output than is kept.
  package var isOutputCut: Bool {
    ((try? keptOutput?.status().size) ?? 0) >= limit
  }
}

/// The ends of one stream.
private struct StreamEnds: ~Copyable {
  /// A file that keeps what is written.
  var kept: FileDescriptor?
  /// Our end of a connection.
  var reading: FileDescriptor?
  /// The program's end, where it is not the file.
  private var writing: FileDescriptor?
  /// The program's descriptor, as long as this value lives; -1 for our own.
  let childNumber: Int32

  init(_ stream: Command.Stream) throws(Errno) {
    switch stream {
    case .kept:
      let file = try FileDescriptor(inMemory: [])
      childNumber = file.number
      kept = consume file
    case .streamed:
      // Not a pipe: a program that was started meanwhile on another thread could not inherit an
      // end.
      var ends: [Int32] = [0, 0]
      let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
      try retrying { socketpair(AF_UNIX, kind, 0, &ends) }
      childNumber = ends[1]
      reading = FileDescriptor(owning: ends[0])
      writing = FileDescriptor(owning: ends[1])
    case .inherited:
      childNumber = -1
    case .discarded:
      let nothing = try FileDescriptor.nothing(O_WRONLY)
      childNumber = nothing.number
      writing = consume nothing
    }
  }
}

extension FileDescriptor {
  fileprivate static func nothing(_ flags: Int32) throws(Errno) -> FileDescriptor {
    try FileDescriptor(opening: "/dev/null", flags)
  }
}
