import Foundation
import System
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct UnixSocketTests {
  @Test func addresses() throws {
    #expect(UnixAddress("") == nil)
    #expect(UnixAddress(String(repeating: "x", count: UnixAddress.longestPath)) != nil)
    #expect(UnixAddress(String(repeating: "x", count: UnixAddress.longestPath + 1)) == nil)
  }

  @Test func bytesAndADescriptorArrive() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "socket").path
      let address = try #require(UnixAddress(path))
      let listener = try UnixSocket(.stream)
      try listener.listen(at: address)
      try listener.descriptor.setBlocking(false)
      #expect(listener.isListening && listener.path == path)
      #expect(try FileStatus(of: path).permissions == 0o600)
      #expect(throws: Errno(EAGAIN)) { _ = try listener.accept().number }

      let client = try UnixSocket(.stream)
      try client.connect(to: address)
      let server = try listener.accept()
      #expect(server.peer == geteuid() && !server.isListening)
      let file = try FileDescriptor(inMemory: Array("passed".utf8))
      let sent = try Array("text".utf8).withUnsafeBytes {
        try client.send($0, passing: file.number)
      }
      #expect(sent == 4)
      var bytes = [UInt8](repeating: 0, count: 10)
      var passed: FileDescriptor?
      let count = try bytes.withUnsafeMutableBytes { try server.receive(into: $0, passed: &passed) }
      #expect(bytes[..<count] == Array("text".utf8)[...])
      #expect(try passed?.readAll() == Array("passed".utf8))
      #expect(throws: Errno(EAGAIN)) {
        try bytes.withUnsafeMutableBytes { try server.receive(into: $0, passed: &passed) }
      }
    }
  }

  @Test func nobodyListens() throws {
    let client = try UnixSocket(.stream)
    let address = try #require(UnixAddress("@utter-nobody-\(UUID().uuidString)"))
    #expect(throws: Errno(ECONNREFUSED)) { try client.connect(to: address) }
  }

  @Test func messagesArriveAtANameInNoFolder() throws {
    let address = try #require(UnixAddress("@utter-\(UUID().uuidString)"))
    let receiver = try UnixSocket(.stream)
    try receiver.listen(at: address)
    #expect(receiver.path == nil)
    try UnixSocket(.stream).connect(to: address)
  }

  @Test func aReaderThatHasGoneIsNoSignal() throws {
    let address = try #require(UnixAddress("@utter-\(UUID().uuidString)"))
    let listener = try UnixSocket(.stream)
    try listener.listen(at: address)
    let client = try UnixSocket(.stream)
    try client.connect(to: address)
    do { #expect(try listener.accept().number > 2) }
    #expect(throws: Errno(EPIPE)) {
      for _ in 0..<2 { _ = try [1].withUnsafeBytes { try client.send($0) } }
    }
  }
}
