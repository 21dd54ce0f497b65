import Foundation
import System
import Testing

/// Everything arrives, whatever the system does to a call.
@Suite struct WritingTests {
  private static let bytes = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

  /// The numbers of the reading and the writing end.
  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    try #require(Glibc.pipe(&ends) == 0)
    return (ends[0], ends[1])
  }

  /// Reads a little at a time to the end, calling a function before each.
  private static func drain(_ number: Int32, _ before: () -> Void = {}) throws -> [UInt8] {
    let pipe = FileDescriptor(owning: number)
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 5_000)
    while true {
      before()
      let count = try piece.withUnsafeMutableBytes { try pipe.read(into: $0) }
      if count == 0 { return all }
      all += piece[..<count]
    }
  }

  /// Each signal ends the call that is under way, with nothing or a part of it written.
  @Test func signalsInterruptNothing() throws {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    try #require(sigaction(SIGUSR2, &action, nil) == 0)
    let (reading, writing) = try Self.pipe()
    let writer = Monitor<UInt?>(nil)
    let thread = try NamedThread("test-writer") {
      writer.withLock { $0 = pthread_self() }
      let writing = FileDescriptor(owning: writing)
      try? writing.write(Self.bytes)
      writer.withLock { $0 = nil }
    }
    _ = writer.wait { $0 }
    let arrived = try Self.drain(reading) {
      writer.withLock { if let thread = $0 { pthread_kill(thread, SIGUSR2) } }
    }
    thread.join()
    #expect(arrived == Self.bytes)
  }

  /// Another program that has the same pipe or terminal may have made it so.
  @Test func aFullPipeThatDoesNotBlockIsWaitedFor() throws {
    let (reading, writing) = try Self.pipe()
    #expect(fcntl(writing, F_SETFL, O_NONBLOCK) == 0)
    let thread = try NamedThread("test-writer") {
      try? FileDescriptor(owning: writing).write(Self.bytes)
    }
    #expect(try Self.drain(reading) == Self.bytes)
    thread.join()
  }

  @Test func aReaderThatHasGoneIsAnError() throws {
    let (reading, writing) = try Self.pipe()
    Glibc.close(reading)
    // Else the signal would end the tests.
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    sigaddset(&none, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &none, &before)
    #expect(throws: Errno(EPIPE)) { try FileDescriptor(owning: writing).write([1]) }
    var taken: Int32 = 0
    sigwait(&none, &taken)
    pthread_sigmask(SIG_SETMASK, &before, nil)
    #expect(taken == SIGPIPE)
  }

  @Test func aFullDiskIsAnError() throws {
    let full = try FileDescriptor(opening: "/dev/full", O_WRONLY)
    #expect(throws: Errno(ENOSPC)) { try full.write([1]) }
  }
}
