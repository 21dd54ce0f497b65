import Foundation
import Recognition
import System
import TestSupport
import Testing
import Transcription

/// Runs that go on after others, with a model of random weights.
@Suite struct JournalTests {
  private struct Place {
    let folder: String
    var inputs: [TranscriptionInput] {
      ["s170", "s030"].map { TranscriptionInput("\(folder)/\($0).wav") }
    }
    var journal: String { "\(folder)/state/run.jsonl" }

    init(_ folder: URL) throws {
      self.folder = folder.path
      for name in ["s170.wav", "s030.wav"] {
        try FileManager.default.copyItem(
          at: Fixtures.committed.appending(path: "wav/\(name)"),
          to: folder.appending(path: name))
      }
    }

    /// Runs, and returns what happened to each recording in a word or two.
    func run(
      continues: Bool = true, options: String = "", version: String = "1", isFinal: Bool = false
    ) throws -> [String] {
      let writer = try TranscriptWriter(
        formats: [.text], template: OutputTemplate("\(folder)/{stem}.{format}"), several: true)
      var run = TranscriptionRun(writer: writer) {
        let model = Fixtures.committed.appending(path: "v2like/v2like.nemo").path
        return TranscriptionEngine(try LoadedModel(model))
      }
      run.journal = try TranscriptionJournal(
        journal, means: .init(model: "m", options: options, version: version),
        continues: continues, isFinal: isFinal)
      var events: [String] = []
      let failures = try run.transcribe(inputs) { event in
        switch event {
        case .finished: events.append("done")
        case .skipped: events.append("skipped")
        case .repeated(_, let reason): events.append(reason)
        default: break
        }
      }
      #expect(failures == [])
      return events
    }
  }

  @Test func whatIsDoneIsSkippedUnlessSomethingChanged() throws {
    try withTemporaryFolder { folder in
      let place = try Place(folder)
      #expect(try place.run() == ["done", "done"])
      #expect(try place.run() == ["skipped", "skipped"])
      try FileManager.default.removeItem(atPath: place.inputs[0].path)
      try FileManager.default.copyItem(
        at: Fixtures.committed.appending(path: "wav/s640.wav"),
        to: URL(filePath: place.inputs[0].path))
      #expect(try place.run() == ["it has changed", "done", "skipped"])
      try FileManager.default.removeItem(atPath: "\(place.folder)/s030.txt")
      #expect(try place.run() == ["skipped", "its transcript is gone", "done"])
      let again = { (reason: String) in [reason, "done", reason, "done"] }
      #expect(try place.run(options: "x") == again("the options are others"))
      #expect(
        try place.run(options: "x", version: "2") == again("this version is another one"))
      #expect(try place.run(continues: false, options: "x", version: "2") == ["done", "done"])
    }
  }

  @Test func whatIsFinalIsDoneAgainWhereTheRecordingHasChangedAlone() throws {
    try withTemporaryFolder { folder in
      let place = try Place(folder)
      #expect(try place.run(isFinal: true) == ["done", "done"])
      try FileManager.default.removeItem(atPath: "\(place.folder)/s030.txt")
      let again = { try place.run(options: "x", version: "2", isFinal: true) }
      #expect(try again() == ["skipped", "skipped"])
      try FileManager.default.removeItem(atPath: place.inputs[0].path)
      try FileManager.default.copyItem(
        at: Fixtures.committed.appending(path: "wav/s640.wav"),
        to: URL(filePath: place.inputs[0].path))
      #expect(try again() == ["it has changed", "done", "skipped"])
    }
  }

  /// As a program leaves it that is killed.
  @Test func aTornLineIsNoEntry() throws {
    try withTemporaryFolder { folder in
      let place = try Place(folder)
      _ = try place.run()
      let whole = try FileDescriptor(opening: place.journal, 0).readAll()
      try replaceFile(place.journal, with: Array(whole.dropLast(40)))
      #expect(try place.run() == ["skipped", "done"])
      #expect(try place.run() == ["skipped", "skipped"])
      #expect(try FileStatus(of: place.journal).permissions == 0o600)
    }
  }

  @Test func oneRunAtATime() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder.path)/x.jsonl"
      let means = JournalEntry.Means(model: "", options: "", version: "")
      let first = try TranscriptionJournal(path, means: means, continues: true)
      #expect(throws: TranscriptionError.journal(path: path, reason: "another run uses it")) {
        try TranscriptionJournal(path, means: means, continues: false)
      }
      withExtendedLifetime(first) {}
    }
  }
}
