import CLinux
import Foundation
import Testing

/// A client that writes and reads what it likes.
package final class Peer {
  package let descriptor: Int32
  private var received: [UInt8] = []
  /// How far `received` has been given out, and searched.
  private var start = 0
  private var searched = 0

  /// Connects.
  package init(_ path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    // Nothing waits for ever, whatever goes wrong.
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(result == 0, "connect: \(String(cString: strerror(errno)))")
  }

  /// Goes on with a connection.
  package init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Sends bytes as they are; false where the server is gone.
  @discardableResult package func send(_ bytes: some Collection<UInt8>) -> Bool {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest.removeFirst(count)
    }
    return true
  }

  /// Sends a line.
  @discardableResult package func send(_ line: String) -> Bool { send(Array((line + "\n").utf8)) }

  /// Sends a line with a descriptor.
  package func send(_ line: String, with passed: Int32) {
    let bytes = Array((line + "\n").utf8)
    #expect(clinux_send(descriptor, bytes, bytes.count, passed) == bytes.count)
  }

  /// Sends no more.
  package func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

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
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
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
