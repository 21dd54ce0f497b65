import Foundation
package import System
import Testing

/// A client that writes and reads what it likes.
package final class Peer {
  private let socket: UnixSocket
  private var received: [UInt8] = []
  /// How far `received` has been given out, and searched.
  private var start = 0
  private var searched = 0

  /// Connects.
  package init(_ path: String) throws {
    socket = try UnixSocket(.stream)
    // Nothing waits for ever, whatever goes wrong.
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(number, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    try socket.connect(to: #require(UnixAddress(path)))
  }

  /// Goes on with a connection.
  package init(_ connection: consuming FileDescriptor) { socket = UnixSocket(connection) }

  /// The kernel's number for the connection.
  package var number: Int32 { socket.number }

  /// Sends bytes as they are, with a descriptor where one is named; false where the server is gone.
  @discardableResult package func send(
    _ bytes: some Collection<UInt8>, with passed: Int32? = nil
  ) -> Bool {
    var rest = Array(bytes)[...]
    var passed = passed
    while !rest.isEmpty {
      let count = try? rest.withUnsafeBytes { try socket.send($0, passing: passed) }
      guard let count else { return false }
      passed = nil
      rest.removeFirst(count)
    }
    return true
  }

  /// Sends a line, with a descriptor where one is named.
  @discardableResult package func send(_ line: String, with passed: Int32? = nil) -> Bool {
    send(Array((line + "\n").utf8), with: passed)
  }

  /// Sends no more.
  package func finish() { shutdown(number, Int32(SHUT_WR)) }

  /// The next line; nil at the end.
  package func line() -> String? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let end: Int? = received.withUnsafeBytes { bytes in
        guard searched < bytes.count, let base = bytes.baseAddress else { return nil }
        return memchr(base + searched, 0x0A, bytes.count - searched).map {
          UnsafeRawPointer($0) - base
        }
      }
      if let end {
        defer { (start, searched) = (end + 1, end + 1) }
        return String(decoding: received[start..<end], as: UTF8.self)
      }
      received.removeSubrange(..<start)
      (start, searched) = (0, received.count)
      let count = try? buffer.withUnsafeMutableBytes { try socket.receive(into: $0) }
      guard let count, count > 0 else { return nil }
      received += buffer[..<count]
    }
  }

  /// The next line as an object; nil at the end.
  package func object() throws -> [String: Any]? {
    guard let line = line() else { return nil }
    return try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
  }

  /// Sends a line and reads the next one.
  package func ask(_ line: String) throws -> [String: Any] {
    send(line)
    return try #require(try object())
  }

  /// The code of the error in the answer to a line.
  package func errorCode(_ line: String) throws -> Int? {
    (try ask(line)["error"] as? [String: Any])?["code"] as? Int
  }
}
