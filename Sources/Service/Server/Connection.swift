internal import CLinux
internal import Glibc

/// One client's socket, as the server's thread sees it.
struct Connection {
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
  let descriptor: Int32
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
  /// A descriptor that arrived, and how many bytes must be consumed until its line is over.
  private var passed: (descriptor: Int32, until: Int)?

  init(client: Int, descriptor: Int32) {
    self.client = client
    self.descriptor = descriptor
  }

  /// Whether something was begun and is not sent yet.
  var isSending: Bool { sent < sending.count }

  /// Whether its client has not read what it is being sent.
  var isBehind: Bool { sending.count - sent >= Outbox.answerLimit }

  /// Reads what is there, up to so much as the buffer holds.
  mutating func receive(into buffer: UnsafeMutableRawBufferPointer) -> Progress {
    var arrived: Int32 = -1
    let count = clinux_receive(descriptor, buffer.baseAddress, buffer.count, &arrived)
    guard count >= 0 else {
      switch errno {
      case EAGAIN, EINTR: return .blocked
      default: return .broken
      }
    }
    if arrived >= 0 { keep(arrived, count: count) }
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
  private mutating func keep(_ arrived: Int32, count: Int) {
    discard()
    passed = (arrived, lines.appended + count)
  }

  /// The descriptor that came with the line that was read last; its owner is who asks.
  mutating func takeDescriptor() -> Int32? {
    defer { passed = nil }
    return passed?.descriptor
  }

  /// Closes a descriptor whose line is over and did not want it.
  mutating func forgetDescriptor() {
    if let passed, lines.consumed >= passed.until { discard() }
  }

  private mutating func discard() {
    if let passed { Glibc.close(passed.descriptor) }
    passed = nil
  }

  /// Begins to send messages where nothing else is under way.
  mutating func send(_ messages: [Outbox.Message]) {
    sent = 0
    // A single one is shared with the other clients.
    sending = messages.first?.bytes ?? []
    for message in messages.dropFirst() { sending += message.bytes }
  }

  /// Sends as much as there is room for.
  mutating func flush() -> Progress {
    while isSending {
      let count = sending.withUnsafeBytes { bytes in
        let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
        return Glibc.send(
          descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
      }
      guard count >= 0 else {
        switch errno {
        case EAGAIN: return .blocked
        case EINTR: continue
        default: return .broken
        }
      }
      sent += count
    }
    sending = []
    sent = 0
    return .done
  }

  /// Sends a last line behind what was begun, if the system finds room for it.
  mutating func sendLast(_ line: [UInt8]) {
    // The socket is full, or we would not be here; a larger one takes some more.
    var room: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    if getsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &room, &length) == 0 {
      room = max(room, 1 << 16)
      setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &room, length)
    }
    sending.append(contentsOf: line)
    _ = flush()
  }

  /// Closes the socket, and the descriptor that nobody wanted.
  mutating func close() {
    discard()
    Glibc.close(descriptor)
  }
}
