import Foundation
import Service
import ServiceTestSupport
import System
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct DescriptorTests {
  private static let transcribe = #"{"jsonrpc":"2.0","id":1,"method":"transcribe"}"#
  private static let status = #"{"jsonrpc":"2.0","id":2,"method":"status"}"#

  /// Answers `transcribe` with what can be read from the descriptor.
  private static let reading: Serving.Script = { server, request, address, descriptor in
    guard let descriptor else {
      server.reply(.success("none"), to: address)
      return
    }
    let inherits = fcntl(descriptor.number, F_GETFD) & FD_CLOEXEC == 0
    let file = FileHandle(fileDescriptor: descriptor.release(), closeOnDealloc: true)
    let text = (try? file.readToEnd()).flatMap { String(data: $0, encoding: .utf8) }
    server.reply(.success((text ?? "") + (inherits ? "!" : "")), to: address)
  }

  /// The reading end of a pipe that holds a text.
  private static func pipe(_ text: String) throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    try #require(Glibc.pipe(&ends) == 0)
    _ = write(ends[1], text, text.utf8.count)
    return (ends[0], ends[1])
  }

  @Test func aDescriptorComesWithItsRequest() throws {
    try Serving.run(Self.reading) { serving in
      let peer = try Peer(serving.path)
      for text in ["first", "second"] {
        let (reading, writing) = try Self.pipe(text)
        close(writing)
        // Other requests before and behind it in one go.
        peer.send(Self.status)
        peer.send(Self.transcribe, with: reading)
        peer.send(Self.status)
        close(reading)
        #expect(try peer.object()?["result"] as? String == "none")
        #expect(try peer.object()?["result"] as? String == text)
        #expect(try peer.object()?["result"] as? String == "none")
      }
    }
  }

  /// A descriptor that nobody asked for is closed: the pipe's other end notices.
  @Test(arguments: [
    status, #"{"jsonrpc":"2.0","id":1,"method":"transcribe","params":{"path":"/a"}}"#, "no JSON",
  ])
  func descriptorsOfOtherRequestsAreClosed(_ line: String) throws {
    try Serving.run(Self.reading) { serving in
      let (reading, writing) = try Self.pipe("")
      defer { close(writing) }
      let peer = try Peer(serving.path)
      peer.send(line, with: reading)
      close(reading)
      _ = peer.line()
      // The next request cannot have it, and nobody has it any more.
      #expect(try peer.errorCode(Self.transcribe) == -32602)
      #expect(Self.hasNoReader(writing))
    }
  }

  @Test func onlyOneIsKeptForALineThatDoesNotEnd() throws {
    try Serving.run(Self.reading) { serving in
      let peer = try Peer(serving.path)
      let (first, firstWriting) = try Self.pipe("first")
      let (second, secondWriting) = try Self.pipe("second")
      close(secondWriting)
      defer { close(firstWriting) }
      for descriptor in [first, second] {
        #expect(peer.send([0x20], with: descriptor))
        close(descriptor)
      }
      #expect(try peer.ask(Self.transcribe)["result"] as? String == "second")
      #expect(Self.hasNoReader(firstWriting))
    }
  }

  @Test func aClientThatLeavesTakesItsDescriptorAlong() throws {
    try Serving.run(Self.reading) { serving in
      let (reading, writing) = try Self.pipe("")
      defer { close(writing) }
      do {
        let peer = try Peer(serving.path)
        #expect(peer.send([0x7B], with: reading))
        close(reading)
      }
      var polled = pollfd(fd: writing, events: 0, revents: 0)
      #expect(poll(&polled, 1, 60_000) == 1)
    }
  }

  private static func hasNoReader(_ descriptor: Int32) -> Bool {
    var polled = pollfd(fd: descriptor, events: 0, revents: 0)
    return poll(&polled, 1, 60_000) == 1 && Int32(polled.revents) & POLLERR != 0
  }
}
