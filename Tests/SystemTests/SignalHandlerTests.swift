import Foundation
import System
import Testing

/// Signals that nothing else in the tests sends or catches.
@Suite(.serialized) struct SignalHandlerTests {
  /// What a signal does now.
  private static func disposition(_ signal: Int32) -> UInt {
    var action = sigaction()
    sigaction(signal, nil, &action)
    return UInt(bitPattern: unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self))
  }

  @Test func signalsAreHandledOneAfterTheOther() throws {
    let seen = Monitor<[Int32]>([])
    let handler = try SignalHandler([SIGUSR1, SIGVTALRM]) { signal in
      seen.withLock { $0.append(signal) }
    }
    for round in 0..<50 {
      kill(getpid(), SIGUSR1)
      _ = seen.wait { $0.count == 2 * round + 1 ? true : nil }
      kill(getpid(), SIGVTALRM)
      _ = seen.wait { $0.count == 2 * round + 2 ? true : nil }
    }
    withExtendedLifetime(handler) {}
    let expected = Array(repeating: [SIGUSR1, SIGVTALRM], count: 50).flatMap { $0 }
    #expect(seen.withLock { $0 } == expected)
  }

  @Test func afterwardsASignalDoesWhatItDidBefore() throws {
    SignalHandler.ignore(SIGURG)
    let ignored = Self.disposition(SIGURG)
    let standard = Self.disposition(SIGUSR1)
    do {
      let first = try SignalHandler([SIGURG, SIGUSR1]) { _ in }
      let second = try SignalHandler([SIGUSR1]) { _ in }
      #expect(Self.disposition(SIGURG) != ignored)
      withExtendedLifetime((first, second)) {}
    }
    #expect(Self.disposition(SIGURG) == ignored)
    #expect(Self.disposition(SIGUSR1) == standard)
    #expect(ignored != standard)
  }

  @Test func severalHandlersOfOneSignalAreAllCalled() throws {
    let seen = Monitor<Set<Int>>([])
    let handlers = try (0..<3).map { index in
      try SignalHandler([SIGUSR1]) { _ in seen.withLock { _ = $0.insert(index) } }
    }
    kill(getpid(), SIGUSR1)
    #expect(seen.wait(until: .now + .seconds(60)) { $0.count == 3 ? true : nil } == true)
    withExtendedLifetime(handlers) {}
  }

  @Test func thereAreSignalsThatNobodyCanHandle() {
    #expect(throws: Errno(EINVAL)) { _ = try SignalHandler([SIGUSR1, SIGKILL]) { _ in } }
    #expect(throws: Errno(EINVAL)) { _ = try SignalHandler([1_000]) { _ in } }
  }

  @Test func programsThatAreStartedGetTheDefaults() throws {
    SignalHandler.ignore(SIGURG)
    let handler = try SignalHandler([SIGUSR1]) { _ in }
    var blocked = sigset_t()
    var before = sigset_t()
    sigfillset(&blocked)
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var command = Command("/bin/grep", ["-E", "^Sig(Blk|Ign)", "/proc/self/status"])
    (command.output, command.messages) = (.streamed, .discarded)
    let child = try command.start()
    withExtendedLifetime(handler) {}
    let masks = try child.readText().split(separator: "\n").compactMap {
      UInt64($0.drop { $0 != "\t" }.dropFirst(), radix: 16)
    }
    // The C library keeps the two beyond 31 to itself.
    #expect(masks.map { $0 & 0x7fff_ffff } == [0, 0])
    #expect(child.wait() == .exit(code: 0))
  }
}
