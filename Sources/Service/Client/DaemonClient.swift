package import Foundation
internal import Glibc
internal import System

/// A connection to the daemon that waits for what it asks.
///
/// It belongs to one thread at a time.
package final class DaemonClient {
  private let path: String
  private let socket: UnixSocket
  private var lines = LineSplitter(limit: .max)
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  /// Notifications that came before an answer.
  private var waiting: [Data] = []
  private var calls: Int64 = 0

  /// Connects to the socket that the environment names.
  ///
  /// - Throws: Where no daemon of the user's listens.
  package convenience init() throws(ClientError) {
    let place: SocketPath
    do { place = try SocketPath() } catch { throw .notRunning(error) }
    try self.init(place)
  }

  /// Connects.
  ///
  /// - Throws: Where no daemon of the user's listens.
  package init(_ place: SocketPath) throws(ClientError) {
    path = place.path
    socket = try Self.connected(to: place)
  }

  /// Takes a daemon that says nothing for so many seconds for one that is gone.
  package func giveUp(after seconds: Int) { socket.setTimeout(seconds: seconds) }

  private static func connected(to place: SocketPath) throws(ClientError) -> UnixSocket {
    let socket: UnixSocket
    do throws(SocketError) {
      let address = try place.address
      socket = try place.attempting { () throws(Errno) in
        let socket = try UnixSocket(.stream)
        try socket.connect(to: address)
        return socket
      }
    } catch {
      throw .notRunning(error)
    }
    // Anybody may have a name in no folder, or in one that all may write to. Root may do all.
    guard let user = socket.peer, [geteuid(), 0].contains(user) else {
      throw .impostor(path: place.path, user: socket.peer)
    }
    return socket
  }

  /// Asks, and waits for the answer.
  ///
  /// - Parameters:
  ///   - request: What to ask.
  ///   - passed: A descriptor to send along, which stays open here.
  ///   - type: What the answer is.
  /// - Returns: The answer.
  /// - Throws: The daemon's error, or where there is no answer or another one than this.
  package func call<Answer: Decodable>(
    _ request: Request, passing passed: Int32? = nil, as type: Answer.Type = Answer.self
  ) throws(ClientError) -> Answer {
    let line = try answer(to: request, passing: passed)
    do {
      return try Wire.decoder.decode(Outcome<Answer>.self, from: line).result
    } catch {
      throw .foreign(path: path, reason: "an unexpected answer")
    }
  }

  /// Asks, and waits for the answer, whatever it is.
  ///
  /// - Parameters:
  ///   - request: What to ask.
  ///   - passed: A descriptor to send along, which stays open here.
  /// - Returns: The answer's line, without its newline.
  /// - Throws: The daemon's error, or where there is no answer.
  @discardableResult
  package func answer(
    to request: Request, passing passed: Int32? = nil
  ) throws(ClientError) -> Data {
    calls += 1
    do throws(ClientError) {
      try send(RequestLine(id: calls, request: request).bytes, passing: passed)
    } catch {
      // A daemon that does not even listen may have said why.
      guard let line = try? receive(),
        let refusal = try? Wire.decoder.decode(AnswerEnvelope.self, from: line).error
      else { throw error }
      throw .refused(refusal.serviceError)
    }
    while true {
      let line = try receive()
      guard let envelope = try? Wire.decoder.decode(AnswerEnvelope.self, from: line) else {
        throw .foreign(path: path, reason: "no JSON-RPC")
      }
      guard envelope.method == nil else {
        waiting.append(line)
        continue
      }
      if let error = envelope.error { throw .refused(error.serviceError) }
      guard envelope.id == .integer(calls) else { continue }
      return line
    }
  }

  /// The result in an answer's line, as one line of JSON.
  ///
  /// - Throws: Where there is none.
  package func result(in line: Data) throws(ClientError) -> String {
    let answer = (try? JSONSerialization.jsonObject(with: line)) as? [String: Any]
    guard let result = answer?["result"],
      let json = try? JSONSerialization.data(
        withJSONObject: result, options: [.sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed])
    else { throw .foreign(path: path, reason: "an unexpected answer") }
    return String(decoding: json, as: UTF8.self)
  }

  /// Asks for notifications on these topics, and on no others.
  ///
  /// - Throws: Where the daemon is gone.
  package func subscribe(to topics: Set<Topic>) throws(ClientError) {
    try answer(to: .subscribe(topics))
  }

  /// Waits for the next notification.
  ///
  /// - Returns: What the daemon tells; topics that this program does not know are passed over.
  /// - Throws: Where the daemon is gone.
  package func notification() throws(ClientError) -> Notification {
    while true {
      let line = try line()
      if let known = try? Wire.decoder.decode(Notification.self, from: line) { return known }
    }
  }

  /// Waits for the next notification.
  ///
  /// - Returns: Its line, without its newline.
  /// - Throws: Where the daemon is gone.
  package func line() throws(ClientError) -> Data {
    waiting.isEmpty ? try receive() : waiting.removeFirst()
  }

  /// Waits for the next notification, or until another descriptor has something to tell.
  ///
  /// - Parameter other: The other's number, which comes first; nil for none.
  /// - Returns: Its line, without its newline; nil where the other one has something to tell.
  /// - Throws: Where the daemon is gone.
  package func line(orReadable other: Int32?) throws(ClientError) -> Data? {
    if let other {
      let own = isIdle ? [socket.number] : []
      let limit: Duration? = own.isEmpty ? .zero : nil
      if firstReadable([other] + own, within: limit) == 0 { return nil }
    }
    return try line()
  }

  /// Whether nothing has come that was not asked for yet, not even the daemon's end.
  var isIdle: Bool {
    waiting.isEmpty && lines.appended == lines.consumed
      && firstReadable([socket.number], within: .zero) == nil
  }

  /// The next line.
  private func receive() throws(ClientError) -> Data {
    while true {
      if case .bytes(let line) = lines.next() { return Data(line) }
      let count = try? buffer.withUnsafeMutableBytes { try socket.receive(into: $0) }
      guard let count, count > 0 else { throw .closed(path: path) }
      buffer.withUnsafeBytes { lines.append(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }

  private func send(_ bytes: [UInt8], passing passed: Int32?) throws(ClientError) {
    var rest = bytes[...]
    var passed = passed
    while !rest.isEmpty {
      let count = try? rest.withUnsafeBytes { try socket.send($0, passing: passed) }
      guard let count else { throw .closed(path: path) }
      passed = nil
      rest.removeFirst(count)
    }
  }
}

/// An answer that was expected.
private struct Outcome<Answer: Decodable>: Decodable {
  let result: Answer
}

/// A line from the daemon, as far as it tells what it is.
private struct AnswerEnvelope: Decodable {
  struct Failure: Decodable {
    struct Way: Decodable { let hint: String? }
    let code: ServiceError.Code
    let message: String
    let data: Way?

    var serviceError: ServiceError { ServiceError(code: code, message: message, hint: data?.hint) }
  }

  let id: RequestID?
  let method: String?
  let error: Failure?
}
