import Foundation
import Service
import System
import TestSupport
import Testing

/// What is said is not lost when something breaks.
@Suite struct RecoveryTests {
  @Test func aDictationWithoutAModelIsKeptAndRetried() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()]) {
        $0.model.name = "/nowhere"
      }
      try running.ask(.startRecording(RecordingRequest()))
      running.awaitMicrophone()
      try running.ask(.stopRecording())
      // Told when the dictation is about to be kept; the model may be tried once more after that.
      let over: [Service.Notification] = [.state(.transcribing), .state(.error)]
      #expect(running.messenger.await { $0.filter { $0.topic == .state }.contains(over) })
      #expect(running.messenger.errors.first?.code == ServiceError.Code.model)
      try running.awaitFiles()
      let failed = try #require(try running.history.entries().first)
      #expect(failed.outcome == .failed && failed.text.isEmpty)
      let recording = URL(filePath: try #require(failed.audio))
      #expect(try Recordings.samples(recording).count >= 16_000)

      try running.configure { $0.model.name = RunningDaemon.model }
      let retried = try #require(
        try running.ask(.retryHistory(id: nil)) as? HistoryEntry)
      #expect(retried.text == RunningDaemon.words && retried.id == failed.id)
      #expect(try running.history.entries() == [retried])
      #expect(running.spool.isEmpty)
    }
  }

  @Test func aDictationWithoutAModelThatIsCancelledLeavesNothing() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()]) {
        $0.model.name = "/nowhere"
      }
      try running.ask(.startRecording(RecordingRequest()))
      running.awaitMicrophone()
      #expect(try running.awaitStatus { ($0.recordedSeconds ?? 0) > 1 })
      try running.ask(.cancelRecording())
      running.end()
      #expect(running.messenger.errors.first?.code == ServiceError.Code.model)
      #expect(try running.history.entries().isEmpty && running.spool.isEmpty)
    }
  }

  /// At once, or when the history is switched on.
  @Test(arguments: [true, false]) func whatADeadDaemonLeftIsFoundInTheHistory(
    _ isKept: Bool
  ) throws {
    try withTemporaryFolder { folder in
      let state = try StateFolder(environment: ["XDG_STATE_HOME": folder.path])
      let spool = URL(filePath: state.path).appending(path: "spool")
      try FileManager.default.createDirectory(at: spool, withIntermediateDirectories: true)
      // Without its header, as a daemon leaves it that is killed.
      let samples = try RunningDaemon.speech()
      let content = Data(count: 44) + samples.withUnsafeBytes { Data($0) } + [1, 2, 3]
      try content.write(to: spool.appending(path: "20260102T030405Z-abc.wav"))
      try Data("no recording".utf8).write(to: spool.appending(path: "empty.wav"))
      let running = try RunningDaemon(in: folder) { $0.history.enabled = isKept }
      if !isKept {
        try running.ask(.loadModel)
        #expect(try running.history.entries().isEmpty && running.spool.count == 2)
        try running.configure { $0.history.enabled = true }
      }
      #expect(try running.awaitEmptySpool())
      let entry = try #require(try running.history.entries().first)
      #expect(entry.text == RunningDaemon.words && entry.outcome == .recovered)
      #expect(entry.time == "2026-01-02T03:04:05Z")
      #expect(try running.history.entries().count == 1)
      #expect(running.spool.isEmpty)
      // Nobody waits for this text: typing it now would surprise.
      #expect(running.messenger.texts.isEmpty)
    }
  }

  /// Whoever can write to the history or the spool reaches nothing outside it.
  @Test func whatIsNoRecordingInTheSpoolIsLeftAlone() throws {
    try withTemporaryFolder { folder in
      let state = try StateFolder(environment: ["XDG_STATE_HOME": folder.path])
      let spool = "\(state.path)/spool"
      try makeFolders(spool)
      let foreign = folder.appending(path: "foreign.wav").path
      let content = Data(count: 64_044)
      try content.write(to: URL(filePath: foreign))
      #expect(symlink(foreign, "\(spool)/link.wav") == 0 && mkfifo("\(spool)/pipe.wav", 0o600) == 0)
      try makeFolders("\(spool)/folder.wav")
      let history = History(path: state.history)
      let paths = [foreign, "\(spool)/link.wav", "\(spool)/pipe.wav", "\(spool)/../../foreign.wav"]
      for (index, path) in paths.enumerated() {
        try history.append(
          HistoryEntry(
            id: "\(index)", time: "2099-01-01T00:00:00Z", outcome: .failed, text: "", audioMs: 1,
            model: "m", directory: nil, audio: path))
      }
      let running = try RunningDaemon(in: folder)
      for id in paths.indices {
        let failure = #expect(throws: ServiceError.self) {
          try running.ask(.retryHistory(id: "\(id)"))
        }
        #expect(failure?.message.contains("is not there any more") == true)
      }
      running.end()
      #expect(running.spool.sorted() == ["folder.wav", "link.wav", "pipe.wav"])
      #expect(try Data(contentsOf: URL(filePath: foreign)) == content)
    }
  }

  /// What others could write may be theirs, and what they could read they shall not.
  @Test func theFolderIsTheUsersAlone() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "utter").path
      try makeFolders(path)
      #expect(chmod(path, 0o755) == 0)
      try RunningDaemon(in: folder).end()
      #expect(try FileStatus(of: path).permissions == 0o700)
      #expect(chmod(path, 0o777) == 0)
      for isKept in [true, false] {
        let failure = #expect(throws: ServiceError.self) {
          try RunningDaemon(in: folder) { $0.history.enabled = isKept }
        }
        #expect(failure?.message == "\(path): others may write there")
        #expect(failure?.hint?.hasPrefix("about: ") == true)
      }
    }
  }

  @Test func aDictationInTheMiddleOfAFileChangesNeither() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()])
      let file = Fixtures.committed.appending(path: "audio/digits_12.flac").path
      let alone = try #require(try running.ask(.transcribe(path: file)) as? TranscribedFile)
      try running.ask(.startRecording(RecordingRequest()))
      let number = running.begin(.transcribe(path: file))
      running.awaitMicrophone()
      try running.ask(.stopRecording())
      #expect(try running.messenger.answer(to: number) as? TranscribedFile == alone)
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
      #expect(!alone.text.isEmpty)
    }
  }

  @Test func whatAFileLacksIsInTheAnswer() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder)
      let whole = Fixtures.committed.appending(path: "audio/digits_03.flac")
      let file = folder.appending(path: "cut.flac")
      let bytes = try Data(contentsOf: whole)
      try bytes.prefix(bytes.count * 2 / 3).write(to: file)
      let answer = try running.ask(.transcribe(path: file.path)) as? TranscribedFile
      #expect(answer?.text.isEmpty == false)
      #expect(answer?.warnings?.contains { $0.hasPrefix("ends ") } == true)
      let complete = try running.ask(.transcribe(path: whole.path)) as? TranscribedFile
      #expect(complete?.warnings == nil)
    }
  }

  @Test func filesComeByPathAndByDescriptor() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder)
      let file = Fixtures.committed.appending(path: "audio/digits_03.flac")
      for isPassed in [false, true] {
        let answer = try running.ask(
          .transcribe(path: isPassed ? nil : file.path),
          descriptor: isPassed ? FileDescriptor(opening: file.path, O_RDONLY) : nil)
        #expect((answer as? TranscribedFile)?.text == RunningDaemon.words)
      }
      for request in [
        Request.transcribe(path: nil), .transcribe(path: "relative.wav"),
        .transcribe(path: "/nowhere.wav"),
      ] {
        #expect(throws: ServiceError.self) { try running.ask(request) }
      }
    }
  }
}
