internal import Glibc
internal import System

/// One client's socket, as the server's thread sees it; closed with this object.
final class Connection {
  /// How a system call on it went.
  enum Progress {
    /// There may be more.
    case done
    /// The other side has to move first.
    case blocked
    /// The client sends no more.
    case ended
    /// The connection is broken.
    case broken
  }

  /// The connection's number; no two ever have the same.
  let client: Int
  private let socket: UnixSocket
  /// Lines that arrive.
  var lines = LineSplitter(limit: Wire.lineLimit)
  /// Whether everything that will ever arrive has.
  var hasEnded = false
  /// Whether the client closed its end: nobody is left to send to.
  var isGone = false
  /// Whether it is to be closed.
  var isOver = false
  /// What is being sent, from `sent` on.
  private var sending: [UInt8] = []
  private var sent = 0
  /// A descriptor that arrived.
  private var passed: FileDescriptor?
  /// How many bytes must be consumed until the line is over that it came with.
  private var passedEnd = 0

  init(client: Int, _ socket: consuming UnixSocket) {
    self.client = client
    self.socket = socket
  }

  /// The kernel's number for the socket.
  var number: Int32 { socket.number }

  /// Whether something was begun and is not sent yet.
  var isSending: Bool { sent < sending.count }

  /// Whether its client has not read what it is being sent.
  var isBehind: Bool { sending.count - sent >= Outbox.answerLimit }

  /// Reads what is there, up to so much as the buffer holds.
  func receive(into buffer: UnsafeMutableRawBufferPointer) -> Progress {
    var arrived: FileDescriptor?
    let count: Int
    do throws(Errno) {
      count = try socket.receive(into: buffer, passed: &arrived)
    } catch {
      return error.code == EAGAIN ? .blocked : .broken
    }
    if let arrived { keep(arrived, count: count) }
    guard count > 0 else {
      lines.finish()
      hasEnded = true
      return .ended
    }
    lines.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    return .done
  }

  /// The kernel ends a read behind the bytes that a descriptor came with, so its line is the one
  /// that the last byte belongs to, or one before that in the same read.
  private func keep(_ arrived: consuming FileDescriptor, count: Int) {
    passed = consume arrived
    passedEnd = lines.appended + count
  }

  /// The descriptor that came with the line that was read last.
  func takeDescriptor() -> FileDescriptor? { passed.take() }

  /// Closes a descriptor whose line is over and did not want it.
  func forgetDescriptor() {
    if lines.consumed >= passedEnd { passed = nil }
  }

  /// Begins to send messages where nothing else is under way.
  func send(_ messages: [Outbox.Message]) {
    sent = 0
    // A single one is shared with the other clients.
    sending = messages.first?.bytes ?? []
    for message in messages.dropFirst() { sending += message.bytes }
  }

  /// Sends as much as there is room for.
  @discardableResult func flush() -> Progress {
    while isSending {
      do throws(Errno) {
        sent += try sending.withUnsafeBufferPointer { bytes throws(Errno) in
          let rest = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[sent...]))
          return try socket.send(rest, isWaiting: false)
        }
      } catch {
        return error.code == EAGAIN ? .blocked : .broken
      }
    }
    sending = []
    sent = 0
    return .done
  }

  /// Sends a last line behind what was begun, if the system finds room for it.
  func sendLast(_ line: [UInt8]) {
    // The socket is full, or we would not be here; a larger one takes some more.
    socket.sendBuffer = max(socket.sendBuffer, 1 << 16)
    sending.append(contentsOf: line)
    flush()
  }
}
