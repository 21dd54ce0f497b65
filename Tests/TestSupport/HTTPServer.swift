internal import Foundation
internal import Glibc
internal import System

/// A server on a port of this machine that answers as a test says.
package final class HTTPServer: Sendable {
  /// What a client asked for.
  package struct Request: Sendable {
    /// The path.
    package let path: String
    /// Fields by names in small letters.
    package let fields: [String: String]

    /// A request for all of a file.
    package init(path: String, fields: [String: String] = [:]) {
      (self.path, self.fields) = (path, fields)
    }

    /// Bytes that the client has, by `Range: bytes=N-`.
    package var offset: Int? {
      fields["range"].flatMap { Int($0.dropFirst("bytes=".count).dropLast()) }
    }
  }

  /// What it is told.
  package struct Answer: Sendable {
    /// Status and reason.
    package var status = "200 OK"
    /// Fields, of which the length is one only where it is given.
    package var fields: [(name: String, value: String)] = []
    /// What follows.
    package var body: [UInt8] = []
    /// Whether nothing more is said, and the connection stays.
    package var hangs = false

    /// An answer of a status.
    package init(_ status: String = "200 OK") { self.status = status }

    /// The answer with a field more.
    package func with(_ name: String, _ value: String) -> Answer {
      var answer = self
      answer.fields.append((name, value))
      return answer
    }

    /// All of a file, or what a client lacks of it; no more than some bytes of that.
    package static func file(
      _ bytes: [UInt8], to request: Request, tag: String = "\"one\"", sending limit: Int = .max
    ) -> Answer {
      let offset = request.offset ?? 0
      var answer = Answer(offset > 0 ? "206 Partial Content" : "200 OK").with("ETag", tag)
        .with("Content-Length", "\(bytes.count - offset)")
      if offset > 0 {
        answer = answer.with("Content-Range", "bytes \(offset)-\(bytes.count - 1)/\(bytes.count)")
      }
      answer.body = Array(bytes[offset...].prefix(limit))
      return answer
    }
  }

  /// `http://127.0.0.1:PORT`.
  package let address: String
  private let listener: Int32
  private let asked = Monitor<[Request]>([])

  /// Listens from now on, as long as this object lives.
  ///
  /// - Parameter answer: Gets a request, and the number of those before it.
  /// - Throws: Where the system has no socket for it.
  package init(_ answer: @escaping @Sendable (Request, Int) -> Answer) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard listener >= 0 else { throw Errno.last }
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &place) { place in
      place.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
        bind(listener, place, length) == 0 && listen(listener, 16) == 0
          && getsockname(listener, place, &length) == 0
      }
    }
    guard isListening else { throw Errno.last }
    self.listener = listener
    address = "http://127.0.0.1:\(UInt16(bigEndian: place.sin_port))"
    let asked = asked
    _ = try NamedThread("http-server") {
      while case let client = accept(listener, nil, nil), client >= 0 {
        guard let request = Self.request(client) else {
          close(client)
          continue
        }
        let count = asked.withLock { asked in
          asked.append(request)
          return asked.count - 1
        }
        Self.send(answer(request, count), to: client)
      }
      close(listener)
    }
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  /// What was asked for by now.
  package var requests: [Request] { asked.withLock(\.self) }

  /// Waits until there have been so many requests.
  package func awaitRequests(_ count: Int) {
    _ = asked.wait(until: .now + .seconds(60)) { $0.count >= count ? true : nil }
  }

  private static func request(_ client: Int32) -> Request? {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4_096)
    while bytes.suffix(4) != Array("\r\n\r\n".utf8) {
      let count = recv(client, &piece, piece.count, 0)
      guard count > 0 else { return nil }
      bytes += piece[..<count]
    }
    let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count == 3 else { return nil }
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      fields[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    return Request(path: String(words[1]), fields: fields)
  }

  private static func send(_ answer: Answer, to client: Int32) {
    let fields = answer.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
    let head = "HTTP/1.1 \(answer.status)\r\n\(fields)Connection: close\r\n\r\n"
    let bytes = Array(head.utf8) + answer.body
    var sent = 0
    bytes.withUnsafeBytes { bytes in
      while sent < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
        let count = Glibc.send(client, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
        guard count > 0 else { break }
        sent += count
      }
    }
    if answer.hangs {
      // Until the client goes away.
      var byte: UInt8 = 0
      _ = recv(client, &byte, 1, 0)
    }
    close(client)
  }
}
