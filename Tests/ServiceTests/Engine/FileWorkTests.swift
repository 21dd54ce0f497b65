import Foundation
import Service
import System
import TestSupport
import Testing

/// Files that are large, locked or no files hold up neither clients nor dictations.
@Suite(.timeLimit(.minutes(3))) struct FileWorkTests {
  /// Somebody else who writes the history, and takes his time.
  private final class Writer {
    private let lock: Int32

    init(_ running: RunningDaemon) throws {
      lock = open("\(running.state.history).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
    }

    func finish() { close(lock) }
  }

  private static func dictate(_ running: RunningDaemon) throws {
    try running.ask(.startRecording(RecordingRequest()))
    running.awaitMicrophone()
    try running.ask(.stopRecording())
  }

  @Test func aHistoryThatIsLockedHoldsUpNoDictation() throws {
    try withTemporaryFolder { folder in
      let speech = try RunningDaemon.speech()
      let running = try RunningDaemon(in: folder, hearing: [speech, speech])
      try running.awaitFiles()
      let writer = try Writer(running)
      for count in 1...2 {
        try Self.dictate(running)
        #expect(running.messenger.texts(count).count == count)
        #expect(try running.awaitStatus { $0.dictations == count && !$0.microphone.open })
      }
      #expect(try running.history.entries().isEmpty && running.spool.count == 2)
      writer.finish()
      try running.awaitFiles()
      #expect(
        try running.history.entries().map(\.text) == [RunningDaemon.words, RunningDaemon.words])
      #expect(running.spool.isEmpty)
    }
  }

  /// What could not be written comes back with the next daemon.
  @Test func aHistoryThatStaysLockedKeepsNoDaemonFromEnding() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()])
      try running.awaitFiles()
      let writer = try Writer(running)
      try Self.dictate(running)
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
      #expect(!running.end(within: .milliseconds(200)))
      #expect(running.spool.count == 1)
      writer.finish()
    }
  }

  @Test func aHistoryThatIsNoFileIsReported() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder)
      try running.awaitFiles()
      try #require(mkfifo(running.state.history, 0o600) == 0)
      let error = #expect(throws: ServiceError.self) { try running.ask(.listHistory(limit: 1)) }
      #expect(error?.code == .history && error?.message.contains(running.state.history) == true)
    }
  }

  /// Of two who ask while the files are busy, one leaves.
  @Test func whoLeavesIsNotWaitedFor() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()])
      try running.awaitFiles()
      let writer = try Writer(running)
      // The engine is busy until the key is up, and the files until the history can be written.
      try running.ask(.startRecording(RecordingRequest()))
      let file = Fixtures.committed.appending(path: "audio/digits_03.flac").path
      let transcriptions = (0..<2).map { _ in running.begin(.transcribe(path: file)) }
      running.messenger.leave(transcriptions[0])
      running.awaitMicrophone()
      try running.ask(.stopRecording())
      // Counted when it is about to be written.
      #expect(try running.awaitStatus { $0.dictations == 1 })
      let lists = (0..<2).map { _ in running.begin(.listHistory(limit: nil)) }
      running.messenger.leave(lists[0])
      writer.finish()
      for number in [transcriptions[1], lists[1]] { _ = try running.messenger.answer(to: number) }
      for number in [transcriptions[0], lists[0]] {
        #expect(!running.messenger.hasAnswered(number))
      }
    }
  }

  /// A pipe in which nothing comes holds up nobody: not who asks after it, and not the end.
  @Test(arguments: [true, false]) func aSilentPipeHoldsUpNobody(isPassed: Bool) throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()])
      let pipe = folder.appending(path: "pipe").path
      try #require(mkfifo(pipe, 0o600) == 0)
      let writer = open(pipe, O_RDWR | O_CLOEXEC)
      defer { close(writer) }
      let ask = {
        isPassed
          ? running.begin(
            .transcribe(path: nil), descriptor: try FileDescriptor(opening: pipe, O_RDONLY))
          : running.begin(.transcribe(path: pipe))
      }
      let silent = try ask()
      let file = Fixtures.committed.appending(path: "audio/digits_03.flac")
      let other = try running.ask(.transcribe(path: file.path)) as? TranscribedFile
      #expect(other?.text == RunningDaemon.words)
      try Self.dictate(running)
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
      #expect(!running.messenger.hasAnswered(silent))
      #expect(running.end())
    }
  }

  @Test func aPipeIsReadToItsEnd() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder)
      let pipe = folder.appending(path: "pipe").path
      try #require(mkfifo(pipe, 0o600) == 0)
      let writer = open(pipe, O_RDWR | O_CLOEXEC)
      let number = running.begin(.transcribe(path: pipe))
      let file = FileHandle(fileDescriptor: writer, closeOnDealloc: false)
      let recording = Fixtures.committed.appending(path: "audio/digits_03.flac")
      // More than a pipe holds: when all is written, somebody reads it.
      let bytes = try Data(contentsOf: recording) + Data(count: 1 << 17)
      try file.write(contentsOf: bytes)
      close(writer)
      let answer = try running.messenger.answer(to: number) as? TranscribedFile
      #expect(answer?.text == RunningDaemon.words)
    }
  }

  /// Who asks for a few entries is not made to wait for the rest, which here is larger than any
  /// disk.
  @Test func noMoreIsReadThanIsAskedFor() throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder)
      try running.awaitFiles()
      try Data().write(to: URL(filePath: running.state.history))
      let file = try FileHandle(forWritingTo: URL(filePath: running.state.history))
      try file.truncate(atOffset: 1 << 42)
      try file.seekToEnd()
      try file.write(contentsOf: Data("\n".utf8))
      for id in ["a", "b", "c"] {
        try running.history.append(
          HistoryEntry(
            id: id, time: "2026-01-02T03:04:05Z", outcome: .done, text: id, audioMs: 1, model: "m",
            directory: nil, audio: nil))
      }
      let entries = try #require(try running.ask(.listHistory(limit: 2)) as? [HistoryEntry])
      #expect(entries.map(\.id) == ["c", "b"])
    }
  }

  /// The text of a dictation may be there the moment that the key is up.
  @Test(arguments: [Request.stopRecording(), .toggleRecording(RecordingRequest())])
  func theAnswerComesBeforeTheText(_ request: Request) throws {
    try withTemporaryFolder { folder in
      let running = try RunningDaemon(in: folder, hearing: [try RunningDaemon.speech()])
      try running.ask(.startRecording(RecordingRequest()))
      running.awaitMicrophone()
      // While the answer is on its way nothing else is, however long that takes.
      running.messenger.onReply = { messenger in
        messenger.await(atMost: 2) { $0.contains { $0.topic == .final } }
        #expect(messenger.texts.isEmpty)
      }
      try running.ask(request)
      running.messenger.onReply = nil
      #expect(running.messenger.texts(1).map(\.text) == [RunningDaemon.words])
    }
  }
}
