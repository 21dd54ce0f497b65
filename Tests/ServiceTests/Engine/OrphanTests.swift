import Foundation
import Service
import TestSupport
import Testing

/// A key that goes up, and nobody is told: the microphone does not stay on.
@Suite(.timeLimit(.minutes(3))) struct OrphanTests {
  private static let hold = Request.startRecording(RecordingRequest())
  private static let toggle = Request.toggleRecording(RecordingRequest())

  private static func running(
    in folder: URL, _ change: (inout Configuration) -> Void
  ) throws -> RunningDaemon {
    // Silence as microphones deliver it: never quite.
    let silence = (0..<48_000).map { Float($0 % 2) * 1e-4 }
    let recordings = try [RunningDaemon.speech() + silence, silence]
    return try RunningDaemon(in: folder, hearing: recordings, change)
  }

  private static func awaitEnd(_ running: RunningDaemon) throws {
    #expect(try running.awaitStatus { $0.state != .recording && !$0.microphone.open })
    #expect(throws: ServiceError.self) { try running.ask(.stopRecording()) }
    try running.awaitFiles()
  }

  /// What was heard is not for the window that happens to have the focus.
  @Test(arguments: [true, false]) func aHoldWithoutSpeechEndsInTheHistory(_ isKept: Bool) throws {
    try withTemporaryFolder { folder in
      let running = try Self.running(in: folder) {
        $0.dictation.silenceStop = .seconds(2)
        $0.history.enabled = isKept
      }
      try running.ask(Self.hold)
      running.awaitMicrophone()
      #expect(running.messenger.await { $0.contains { $0.topic == .error } })
      try Self.awaitEnd(running)
      #expect(running.messenger.texts.isEmpty)
      #expect(running.messenger.errors.map(\.code) == [.limit])
      #expect(running.messenger.errors.first?.message.hasSuffix("nobody spoke, for 2s") == true)
      // Nobody is sent there in vain.
      #expect(running.messenger.errors.first?.hint?.contains("nothing of it is kept") != isKept)
      let texts = try running.history.entries().map(\.text)
      #expect(texts == (isKept ? [RunningDaemon.words] : []))
    }
  }

  @Test func aHoldThatIsTooLongEndsInTheHistory() throws {
    try withTemporaryFolder { folder in
      let running = try Self.running(in: folder) { $0.dictation.maxLength = .seconds(4) }
      try running.ask(Self.hold)
      running.awaitMicrophone()
      #expect(running.messenger.await { $0.count { $0.topic == .error } == 2 })
      try Self.awaitEnd(running)
      #expect(running.messenger.texts.isEmpty)
      let messages = running.messenger.errors.map(\.message)
      #expect(
        messages == [
          "the dictation: ends in 2s, after 4s", "the dictation: its key was held for 4s",
        ])
      #expect(try running.history.entries().map(\.text) == [RunningDaemon.words])
    }
  }

  /// The program that watches the key dies, or is killed, while it is held.
  @Test func aHoldWhoseWatcherIsGoneEndsInTheHistory() throws {
    try withTemporaryFolder { folder in
      let running = try Self.running(in: folder) { _ in }
      let watched = Request.startRecording(RecordingRequest(isAttached: true))
      try running.ask(watched, from: -7)
      running.awaitMicrophone()
      running.leave(-8)
      #expect(try running.status.state == .recording)
      running.leave(-7)
      #expect(running.messenger.await { $0.contains { $0.topic == .error } })
      try Self.awaitEnd(running)
      #expect(running.messenger.texts.isEmpty)
      #expect(running.messenger.errors.map(\.code) == [.limit])
      #expect(try running.history.entries().map(\.text) == [RunningDaemon.words])
    }
  }

  /// A key whose release nobody told of is pressed again.
  ///
  /// What the open microphone heard meanwhile is not typed. A key that is held repeats itself
  /// sooner, and goes on.
  @Test func aReleaseThatNeverCameIsNoticedByTheNextPress() throws {
    try withTemporaryFolder { folder in
      let running = try Self.running(in: folder) { _ in }
      func press(_ seconds: Int) throws {
        let began = ProcessBegin(time: seconds * 1_000_000_000)
        try running.ask(.startRecording(RecordingRequest(began: began)))
      }
      for second in 10...14 { try press(second) }
      running.awaitMicrophone()
      try press(17)
      #expect(running.messenger.await { $0.contains { $0.topic == .error } })
      try running.ask(.stopRecording(began: ProcessBegin(time: 20_000_000_000)))
      #expect(running.messenger.texts(1).map(\.text) == [""])
      #expect(try running.awaitStatus { $0.dictations == 2 })
      #expect(running.messenger.errors.map(\.code) == [.limit])
      #expect(try running.history.entries().map(\.text).contains(RunningDaemon.words))
    }
  }

  /// On a busy machine the next press may be told first.
  @Test func aReleaseThatComesLateIsNoneThatNeverCame() throws {
    try withTemporaryFolder { folder in
      let running = try Self.running(in: folder) { _ in }
      func begin(_ seconds: Int) -> ProcessBegin { ProcessBegin(time: seconds * 1_000_000_000) }
      try running.ask(.startRecording(RecordingRequest(began: begin(10))))
      running.awaitMicrophone()
      _ = running.begin(.startRecording(RecordingRequest(began: begin(17))))
      _ = running.begin(.stopRecording(began: begin(16)))
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
      try running.ask(.stopRecording(began: begin(20)))
      #expect(running.messenger.texts(2).map(\.text) == [RunningDaemon.words, ""])
      #expect(running.messenger.errors.isEmpty)
    }
  }

  /// The same where the microphone may not even be open yet.
  @Test func aReleaseThatComesLateIsKnownBeforeTheMicrophoneOpens() throws {
    try withTemporaryFolder { folder in
      let running = try Self.running(in: folder) { _ in }
      func begin(_ seconds: Int) -> ProcessBegin { ProcessBegin(time: seconds * 1_000_000_000) }
      let presses = [10, 17].map {
        running.begin(.startRecording(RecordingRequest(began: begin($0))))
      }
      try running.ask(.stopRecording(began: begin(16)))
      for press in presses { _ = try running.messenger.answer(to: press) }
      try running.ask(.stopRecording(began: begin(20)))
      #expect(running.messenger.texts(2).count == 2)
      #expect(running.messenger.errors.isEmpty)
    }
  }

  /// Other programs may come and go while a key is held.
  @Test func aHoldThatNobodyWatchesGoesOn() throws {
    try withTemporaryFolder { folder in
      let running = try Self.running(in: folder) { _ in }
      try running.ask(Self.hold, from: -7)
      running.awaitMicrophone()
      running.leave(-7)
      #expect(try running.status.state == .recording)
      try running.ask(.stopRecording())
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
    }
  }

  /// Who presses a key twice may think between the words, and wants the text in the window.
  @Test func aToggleEndsWithItsTextAndIsNotEndedBySilence() throws {
    try withTemporaryFolder { folder in
      let running = try Self.running(in: folder) {
        ($0.dictation.maxLength, $0.dictation.silenceStop) = (.seconds(4), .milliseconds(500))
      }
      try running.ask(Self.toggle)
      running.awaitMicrophone()
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
      try Self.awaitEnd(running)
      #expect(running.messenger.errors.map(\.message) == ["the dictation: ends in 2s, after 4s"])
    }
  }

  @Test func whereNothingIsKeptNothingIsKept() throws {
    try withTemporaryFolder { folder in
      let running = try Self.running(in: folder) {
        $0.history.enabled = false
        $0.dictation.silenceStop = .seconds(2)
      }
      try running.ask(Self.hold)
      running.awaitMicrophone()
      #expect(running.messenger.await { $0.contains { $0.topic == .error } })
      try Self.awaitEnd(running)
      #expect(running.messenger.texts.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: running.state.path))
    }
  }
}
