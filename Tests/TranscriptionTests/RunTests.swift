import Audio
import Foundation
import Recognition
import TestSupport
import Testing
import Transcription

/// Several recordings, one after the other, with a model of random weights.
@Suite struct RunTests {
  private let speech = Fixtures.committed.appending(path: "wav/s170.wav").path
  private let shorter = Fixtures.committed.appending(path: "wav/s030.wav").path

  @Test func aFileThatFailsDoesNotStopTheOthers() throws {
    try withTemporaryFolder { folder in
      var events: [TranscriptionEvent] = []
      var run = try run(into: folder)
      let failures = try run.transcribe([speech, "/no/such.wav", #filePath, shorter]) {
        events.append($0)
      }
      try #require(failures.count == 2)
      guard case .audio(.noInput("/no/such.wav", _)) = failures[0],
        case .audio(.badData(#filePath, _)) = failures[1]
      else {
        Issue.record("\(failures)")
        return
      }
      #expect(events.filter { if case .failed = $0 { true } else { false } }.count == 2)
      #expect(try text("s170", in: folder) == "G of\n")
      #expect(try text("s030", in: folder) != nil)
    }
  }

  @Test func eventsTellHowFarAFileIs() throws {
    try withTemporaryFolder { folder in
      var events: [TranscriptionEvent] = []
      var run = try run(into: folder)
      #expect(try run.transcribe([speech]) { events.append($0) } == [])
      #expect(
        events == [
          .opened(file: speech, duration: 27_233.0 / 16_000), .advanced(seconds: 0),
          .advanced(seconds: 0), .advanced(seconds: 0), .heard,
        ])
    }
  }

  @Test func aFileThatEndsEarlyIsTranscribedAndReported() throws {
    try withTemporaryFolder { folder in
      let whole = try Data(
        contentsOf: Fixtures.committed.appending(path: "audio/digits_12.flac"))
      let file = folder.appending(path: "cut.flac")
      try whole.prefix(whole.count / 2).write(to: file)
      var last: TranscriptionEvent?
      var run = try run(into: folder)
      #expect(try run.transcribe([file.path]) { last = $0 } == [])
      guard case .warned(file.path, .ends(let heard, let promised)) = last, promised - heard > 1
      else {
        Issue.record("\(String(describing: last))")
        return
      }
      #expect(try text("cut", in: folder) != nil)
    }
  }

  @Test func theModelIsLoadedWhenThereIsSomethingToHear() throws {
    try withTemporaryFolder { folder in
      struct Loaded: Error {}
      let writer = try TranscriptWriter(
        format: .text, template: OutputTemplate("\(folder.path)/{stem}"), several: true)
      var run = TranscriptionRun(writer: writer) { throw Loaded() }
      #expect(try run.transcribe(["/no/such.wav"]).count == 1)
      #expect(throws: Loaded.self) { try run.transcribe(["/no/such.wav", speech, shorter]) }
    }
  }

  @Test func aFileIsReplacedWhereNothingInterrupts() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "{stem}.{format}").path
      var calls = 0
      let writer = try TranscriptWriter(
        format: .srt, template: OutputTemplate(path), several: false
      ) { body in
        calls += 1
        body()
      }
      var run = TranscriptionRun(writer: writer, load: transcriber)
      #expect(try run.transcribe([speech]) == [])
      #expect(calls == 1)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["s170.srt"])
    }
  }

  @Test func whatCannotBeWrittenIsOnlyThatFilesFailure() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appending(path: "s170.txt"), withIntermediateDirectories: false)
      var run = try run(into: folder)
      let failures = try run.transcribe([speech, shorter])
      #expect(failures == [.isFolder(path: folder.appending(path: "s170.txt").path)])
      #expect(try text("s030", in: folder) != nil)
    }
  }

  private func run(into folder: URL) throws -> TranscriptionRun {
    let template = try OutputTemplate(folder.appending(path: "{stem}.{format}").path)
    return TranscriptionRun(
      writer: TranscriptWriter(format: .text, template: template, several: true),
      load: transcriber)
  }

  private func transcriber() throws -> FileTranscriber {
    let model = Fixtures.committed.appending(path: "v2like/v2like.nemo").path
    return FileTranscriber(
      try Recognizer(LoadedModel(model).speech, threads: 1), model: model)
  }

  private func text(_ stem: String, in folder: URL) throws -> String? {
    try String(contentsOf: folder.appending(path: "\(stem).txt"), encoding: .utf8)
  }
}
