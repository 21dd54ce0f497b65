internal import Foundation
internal import System

/// Bytes on their way to a program through a pipe.
final class PipeTransfer {
  private let bytes: Data
  private let pipe: FileDescriptor
  private var sent = 0
  private var last = ContinuousClock.now
  private var isBroken = false

  /// Writes nothing yet.
  ///
  /// - Throws: Where the descriptor is no pipe.
  init(_ bytes: Data, to pipe: borrowing FileDescriptor) throws(Errno) {
    self.bytes = bytes
    self.pipe = try pipe.duplicate()
    try self.pipe.setBlocking(false)
  }

  /// The pipe's number, to wait for.
  var number: Int32 { pipe.number }

  /// Whether all is written, or nobody reads any more.
  var isOver: Bool {
    isBroken || sent == bytes.count || ContinuousClock.now - last > .seconds(5)
  }

  /// Writes as much as there is room for.
  func writeMore() {
    while sent < bytes.count, !isBroken {
      let count = bytes.withUnsafeBytes { bytes in
        write(number, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
      }
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        isBroken = !(count < 0 && errno == EAGAIN)
        return
      }
      sent += count
      last = .now
    }
  }

  /// Reads what somebody writes to a pipe.
  ///
  /// - Parameters:
  ///   - end: When to give up.
  ///   - limit: Bytes beyond which it is too much.
  ///   - ask: Gets the end to write to, which it does not keep.
  /// - Returns: What was written; nil where that was too much, or took too long.
  static func read(
    until end: ContinuousClock.Instant, atMost limit: Int, _ ask: (Int32) -> Void
  ) -> Data? {
    guard var pipe = try? PipeEnds(), let reading = pipe.reading.take(),
      let writing = pipe.writing.take()
    else { return nil }
    ask(writing.number)
    // The end comes when nobody can write any more.
    _ = consume writing
    var data = Data()
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var entry = pollfd(fd: reading.number, events: Int16(POLLIN), revents: 0)
      let rest = (end - .now) / .milliseconds(1)
      guard rest > 0, poll(&entry, 1, Int32(rest.rounded(.up))) > 0 else { return nil }
      let count = try? piece.withUnsafeMutableBufferPointer { piece throws(Errno) in
        try reading.read(into: UnsafeMutableRawBufferPointer(piece))
      }
      guard let count else { return nil }
      if count == 0 { return data }
      data += piece[..<count]
      guard data.count <= limit else { return nil }
    }
  }
}
