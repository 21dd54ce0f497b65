internal import Foundation
internal import Glibc
internal import System

/// A process that hears recordings with one configuration, as its parent sees it.
final class HearingProcess {
  private let child: ChildProcess
  private let tasks: FileDescriptor
  private var unread: [UInt8] = []
  private var piece = [UInt8](repeating: 0, count: 1 << 16)

  /// How weights are kept there.
  private(set) var precision = ""

  /// Starts a process, and waits until its model is loaded.
  ///
  /// - Parameters:
  ///   - command: What becomes a `HearingWorker`.
  ///   - means: What it hears with.
  /// - Throws: `HearingFailure`, also that of the model.
  init(_ command: Command, _ means: HearingMeans) throws(HearingFailure) {
    do throws(Errno) {
      var command = command
      (command.output, command.messages) = (.streamed, .inherited)
      var ends = try PipeEnds()
      child = try command.start(input: ends.reading.take())
      guard let writing = ends.writing.take() else { throw Errno(EBADF) }
      tasks = writing
    } catch {
      throw HearingFailure(
        message: "\(command.program): cannot be started: \(error)", advice: nil,
        code: Self.unavailable)
    }
    switch try ask(means) {
    case .ready(let precision): self.precision = precision
    case .failed(let failure): throw failure
    case .heard: throw Self.confused
    }
  }

  /// Hears a recording; nothing else may be asked meanwhile.
  ///
  /// - Throws: `HearingFailure`; `hasEnded` tells whether of this recording alone.
  func hear(_ task: HearingTask) throws(HearingFailure) -> HeardRecording {
    switch try ask(task, about: task.path) {
    case .heard(let recording): return recording
    case .failed(let failure): throw failure
    case .ready: throw Self.confused
    }
  }

  /// Whether the process is gone.
  private(set) var hasEnded = false

  private static let unavailable: Int32 = 69
  private static let confused = HearingFailure(
    message: "the process that hears gave an answer to another question", advice: nil,
    code: unavailable)

  private func ask(
    _ question: some Encodable, about recording: String? = nil
  ) throws(HearingFailure) -> HearingReply {
    do {
      let bytes = Array(try JSONEncoder().encode(question))
      try tasks.write(bytes + [UInt8(ascii: "\n")])
      guard let answer = try line() else { throw Errno(EPIPE) }
      return try JSONDecoder().decode(HearingReply.self, from: Data(answer))
    } catch {
      // Whatever it says from now on may be the answer to something else.
      hasEnded = true
      let what = recording.map { "\($0): " } ?? ""
      throw HearingFailure(
        message: "\(what)the process that hears \(ending)", advice: nil, code: Self.unavailable)
    }
  }

  /// How it has ended, in words.
  private var ending: String {
    switch child.wait(.seconds(2)) {
    case .signal(let number): "was ended by signal \(number)"
    case .exit(let code): "ended with code \(code)"
    case nil: "gave no answer"
    }
  }

  /// The next line that it writes; nil at the end.
  private func line() throws(Errno) -> [UInt8]? {
    var searched = 0
    while true {
      if let end = unread[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { unread.removeFirst(end + 1) }
        return Array(unread[..<end])
      }
      searched = unread.count
      let count = try piece.withUnsafeMutableBufferPointer { piece throws(Errno) in
        try child.read(into: UnsafeMutableRawBufferPointer(piece))
      }
      if count == 0 { return nil }
      unread += piece[..<count]
    }
  }
}
