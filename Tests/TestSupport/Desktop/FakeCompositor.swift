internal import System

/// A socket on which a compositor would tell who has the focus: whatever is asked, the answer is
/// the same.
public final class FakeCompositor: Sendable {
  private let socket: UnixSocket
  private let ending: Waker
  private let count = Monitor(0)
  private let answer: [UInt8]

  /// Runs a body while it answers.
  ///
  /// - Parameters:
  ///   - path: Of its socket.
  ///   - answer: What it answers; nil for nothing at all.
  ///   - body: Is given it.
  /// - Returns: What the body returns.
  /// - Throws: When there can be no such socket, and what the body throws.
  public static func run<Result>(
    at path: String, answering answer: [UInt8]?, _ body: (FakeCompositor) throws -> Result
  ) throws -> Result {
    let compositor = try FakeCompositor(path, answer ?? [])
    guard answer != nil else { return try body(compositor) }
    let thread = try NamedThread("compositor") { compositor.serve() }
    defer {
      compositor.ending.wake()
      thread.join()
    }
    return try body(compositor)
  }

  private init(_ path: String, _ answer: [UInt8]) throws {
    guard let address = UnixAddress(path) else { throw VirtualDesktopError("\(path): too long") }
    self.answer = answer
    socket = try UnixSocket(.stream)
    ending = try Waker()
    try socket.listen(at: address)
  }

  /// How often it answered.
  public var answers: Int { count.withLock { $0 } }

  /// Whether somebody waits for an answer that does not come.
  public var isAsked: Bool { firstReadable([socket.number], within: .zero) != nil }

  private func serve() {
    while firstReadable([socket.number, ending.number]) == 0 {
      guard let client = try? socket.accept() else { continue }
      var question = [UInt8](repeating: 0, count: 1_024)
      // Who asks may wait for the end of the answer, and an end with something unread is an error.
      _ = firstReadable([client.number], within: .seconds(60))
      _ = try? question.withUnsafeMutableBytes { try client.receive(into: $0) }
      _ = try? answer.withUnsafeBytes { try client.send($0) }
      count.withLock { $0 += 1 }
    }
  }
}
