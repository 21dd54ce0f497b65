import Foundation
import Service
import Synchronization
import TestSupport
import Testing

/// Many programs follow one dictation.
@Suite struct CrowdTests {
  /// 200 clients want to be told everything, and 50 of them do not read it.
  @Test func everybodyWhoReadsIsToldEverything() throws {
    try withTemporaryFolder { folder in
      let recording = try Recording(seconds: 60)
      let file = folder.appending(path: "speech.wav")
      try recording.write(to: file)
      let microphone = try VirtualMicrophone()
      let daemon = try LiveDaemon(in: folder, settings: microphone.environment)
      let client = try daemon.client()
      // The model is there before anything is measured.
      try client.answer(to: .loadModel)
      let everything = Set(Topic.allCases)
      let sleepers = try (0..<50).map { _ in try daemon.client(everything) }
      let crowd = try Crowd(of: 150, at: daemon.socket)
      #expect(try daemon.status().clients == 202)

      let process = ProcessFacts(daemon.processIdentifier)
      let before = try process.residentBytes
      let text = try client.dictate { try microphone.play(file).waitUntilExit() }
      // A busy machine cuts speech at other places, where single words may differ.
      #expect(WordErrors.percent(in: text.text, against: recording.text) < 10)
      let status = try daemon.status()
      #expect(status.microphone.overruns == 0 && status.microphone.dropped == 0)
      let lines = try crowd.told()
      #expect(try process.residentBytes - before < 100_000_000)

      let first = try #require(lines.first)
      #expect(lines.allSatisfy { $0 == first }, "somebody was told less than others")
      let told = try first.map {
        try Wire.decoder.decode(Service.Notification.self, from: $0)
      }
      let topics = told.reduce(into: [Topic: Int]()) { $0[$1.topic, default: 0] += 1 }
      // Every 50 ms, but a busy machine may be late.
      #expect(topics[.level, default: 0] > 300)
      #expect(topics[.partial, default: 0] > 10)
      #expect(topics[.final] == 1)
      #expect(told.filter { $0.topic == .state } == [.state(.recording), .state(.transcribing)])
      #expect(told.last == .final(text))

      // A minute is less than an outbox holds.
      for sleeper in sleepers { #expect(try sleeper.text() == text) }
    }
  }
}

/// Clients with a thread each that are told everything from the key-down to the text.
private final class Crowd: Sendable {
  private let members: [Member]

  /// Connects them, and returns when all will be told.
  init(of count: Int, at place: SocketPath) throws {
    members = (0..<count).map { _ in Member() }
    for member in members {
      let thread = Thread { member.follow(place) }
      thread.stackSize = 1 << 19
      thread.start()
    }
    for member in members { member.isListening.wait() }
  }

  /// Waits for the text at each of them.
  ///
  /// - Returns: The lines that each was told, the text last.
  func told() throws -> [[Data]] {
    for member in members { member.isDone.wait() }
    return try members.map { try $0.outcome.withLock { $0 }.get() }
  }

  private final class Member: Sendable {
    let isListening = DispatchSemaphore(value: 0)
    let isDone = DispatchSemaphore(value: 0)
    let outcome = Mutex(Result<[Data], any Error>.success([]))

    func follow(_ place: SocketPath) {
      let result = Result {
        defer { isListening.signal() }
        let client = try DaemonClient(place)
        client.giveUp(after: 120)
        try client.subscribe(to: Set(Topic.allCases))
        return client
      }.flatMap { client in Result { try Self.dictation(toldTo: client) } }
      outcome.withLock { $0 = result }
      isDone.signal()
    }

    private static func dictation(toldTo client: DaemonClient) throws -> [Data] {
      let start = Data(#""state":"recording""#.utf8)
      var line = try client.line()
      while line.range(of: start) == nil { line = try client.line() }
      var lines = [line]
      while line.range(of: Data(#""method":"final""#.utf8)) == nil {
        line = try client.line()
        lines.append(line)
      }
      return lines
    }
  }
}
