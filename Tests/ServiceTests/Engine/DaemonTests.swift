import Foundation
import Service
import TestSupport
import Testing
import Transcription

/// Dictations from key-down to the history.
@Suite struct DaemonTests {
  @Test func whatIsSaidIsWrittenAndRemembered() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()])
      try running.ask(.startRecording(RecordingRequest(directory: "/home/me/project")))
      running.awaitMicrophone()
      try running.ask(.stopRecording())
      let text = try #require(running.messenger.texts(1).first)
      #expect(text.text == RunningDaemon.words)
      #expect(text.words.map(\.word).joined(separator: " ") == text.text)
      #expect(text.latencyMs.release > 0 && text.latencyMs.encoder > 0)
      running.end()
      let entry = try #require(try running.history.entries().first)
      #expect(entry.text == text.text && entry.id == text.id && entry.outcome == .done)
      #expect(entry.directory == "/home/me/project" && entry.audio == nil)
      #expect(running.spool.isEmpty)
      let states: [DaemonState] = [.idle, .recording, .transcribing, .idle]
      #expect(running.messenger.states.filter { $0 != .loading } == states)
    }
  }

  @Test func partialsComeOnlyToThoseWhoWantThem() throws {
    try withTemporaryFolder { folder in
      for topics in [[], [Topic.partial]] as [Set<Topic>] {
        let running = try RunningDaemon(
          in: folder, hearing: [try RunningDaemon.speech()], topics: topics)
        try running.ask(.startRecording(RecordingRequest()))
        running.awaitMicrophone()
        try running.ask(.stopRecording())
        _ = running.messenger.texts(1)
        let partials = running.messenger.notifications.contains {
          if case .partial = $0 { true } else { false }
        }
        #expect(partials == !topics.isEmpty)
      }
    }
  }

  @Test func aKeyThatRepeatsItselfIsPressedOnce() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()])
      try running.ask(.startRecording(RecordingRequest()))
      try running.ask(.startRecording(RecordingRequest()))
      running.awaitMicrophone()
      try running.ask(.toggleRecording(RecordingRequest()))
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
      let failure = #expect(throws: ServiceError.self) { try running.ask(.stopRecording()) }
      #expect(failure?.code == ServiceError.Code.notRecording)
    }
  }

  /// The program that a tapped key started second is the first to reach the daemon.
  @Test func aStopThatOvertakesItsStartIsRemembered() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()])
      for stop in [
        Request.stopRecording(began: .init(time: 2)), .cancelRecording(began: .init(time: 4)),
      ] {
        #expect(throws: ServiceError.self) { try running.ask(stop) }
      }
      for began in [1, 3] {
        let error = #expect(throws: ServiceError.self) {
          try running.ask(.startRecording(RecordingRequest(began: .init(time: began))))
        }
        #expect(error?.code == .notRecording)
      }
      #expect(try running.status.state != .recording && running.messenger.errors.isEmpty)
      // The next one is heard.
      try running.ask(.startRecording(RecordingRequest(began: .init(time: 5))))
      running.awaitMicrophone()
      try running.ask(.stopRecording(began: .init(time: 6)))
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
    }
  }

  /// A key that is pressed twice, of which the first release is told last.
  @Test func aPressThatOvertakesAReleaseBeginsAnew() throws {
    try withTemporaryFolder { folder in
      let speech = try RunningDaemon.speech()
      let running = try RunningDaemon(in: folder, hearing: [speech, speech])
      try running.ask(.startRecording(RecordingRequest(began: .init(time: 1))))
      running.awaitMicrophone()
      try running.ask(.startRecording(RecordingRequest(began: .init(time: 3))))
      try running.ask(.stopRecording(began: .init(time: 2)))
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
      #expect(try running.status.state == .recording)
      try running.ask(.stopRecording(began: .init(time: 4)))
      #expect(running.messenger.texts(2).count == 2)
      #expect(try running.awaitStatus { $0.state != .recording && !$0.microphone.open })
    }
  }

  @Test func aDictationThatIsCancelledLeavesNothing() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()])
      try running.ask(.startRecording(RecordingRequest()))
      running.awaitMicrophone()
      try running.ask(.cancelRecording())
      running.end()
      #expect(running.messenger.texts.isEmpty && running.spool.isEmpty)
      #expect(try running.history.entries().isEmpty)
    }
  }

  /// The key of the next dictation goes down before the text of the first is there.
  @Test func dictationsFollowEachOtherWithoutLoss() throws {
    try withTemporaryFolder { folder in
      let speech = try RunningDaemon.speech()
      let running = try RunningDaemon(in: folder, hearing: [speech, speech, speech])
      for count in 1...3 {
        try running.ask(.startRecording(RecordingRequest()))
        running.awaitMicrophone()
        try running.ask(.stopRecording())
        // A device that is opened anew hears the same again.
        #expect(try running.awaitStatus { $0.dictations == count && !$0.microphone.open })
      }
      #expect(
        running.messenger.texts(3).map(\.text) == Array(repeating: RunningDaemon.words, count: 3))
      #expect(try running.status.dictations == 3)
    }
  }

  @Test func aDaemonThatIsToldToStopFinishesWhatIsSaid() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()])
      try running.ask(.startRecording(RecordingRequest()))
      running.awaitMicrophone()
      running.end()
      #expect(running.messenger.texts.map(\.text) == [RunningDaemon.words])
    }
  }

  @Test func silenceGivesAnEmptyText() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(
        in: folder, hearing: [Array(repeating: 0, count: 48_000)])
      try running.ask(.startRecording(RecordingRequest()))
      running.awaitMicrophone()
      try running.ask(.stopRecording())
      #expect(running.messenger.texts(1).map(\.text) == [""])
      #expect(running.messenger.errors.map(\.code) == [.silence])
      running.end()
      #expect(try running.history.entries().isEmpty && running.spool.isEmpty)
    }
  }

  @Test func aHistoryThatIsOffKeepsNothing() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()]) {
        $0.history.enabled = false
      }
      try running.ask(.startRecording(RecordingRequest()))
      running.awaitMicrophone()
      try running.ask(.stopRecording())
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
      running.end()
      #expect(!FileManager.default.fileExists(atPath: running.state.path))
    }
  }

  /// What is being said keeps the mode in which it began.
  @Test func theHistoryIsSwitchedWhileTheDaemonRuns() throws {
    try withTemporaryFolder { folder in
      let speech = try RunningDaemon.speech()
      let modes = [true, false, false, true]
      let running = try RunningDaemon(in: folder, hearing: modes.map { _ in speech })
      for (count, mode) in modes.enumerated() {
        try running.ask(.startRecording(RecordingRequest()))
        // There are samples when their file is there.
        #expect(try running.awaitStatus { $0.recordedSeconds ?? 0 > 0 })
        #expect(running.spool.count == (mode ? 1 : 0))
        let next = count + 1 < modes.count ? modes[count + 1] : true
        try running.configure { $0.history.enabled = next }
        running.awaitMicrophone()
        try running.ask(.stopRecording())
        // A device that is opened anew hears the same again.
        #expect(try running.awaitStatus { $0.dictations == count + 1 && !$0.microphone.open })
        try running.awaitFiles()
        #expect(running.spool.isEmpty)
      }
      let texts = running.messenger.texts
      #expect(texts.map(\.text) == modes.map { _ in RunningDaemon.words })
      #expect(try running.history.entries().map(\.id) == [texts[0].id, texts[3].id])
    }
  }

  @Test func theModelLeavesMemoryAndComesBack() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()]) {
        $0.model.preload = false
      }
      #expect(try !running.status.model.loaded)
      try running.ask(.loadModel)
      #expect(try running.status.model.loaded)
      try running.ask(.unloadModel)
      #expect(try !running.status.model.loaded)
      try running.ask(.startRecording(RecordingRequest()))
      running.awaitMicrophone()
      try running.ask(.stopRecording())
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
      try running.configure { $0.model.idleUnload = .zero }
      try running.ask(.loadModel)
      #expect(try running.awaitStatus { !$0.model.loaded })
    }
  }
}
