import Audio
import Foundation
import Recognition
import System
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
      let run = try run(into: folder)
      let failures = try run.transcribe(inputs(speech, "/no/such.wav", #filePath, shorter)) {
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
      let run = try run(into: folder)
      #expect(try run.transcribe(inputs(speech)) { events.append($0) } == [])
      #expect(
        events.dropLast() == [
          .chosen(numbers: [1]),
          .opened(number: 1, file: speech, duration: 27_233.0 / 16_000),
          .advanced(number: 1, seconds: 0), .advanced(number: 1, seconds: 0),
          .advanced(number: 1, seconds: 0), .heard(number: 1),
        ])
      guard case .finished(let recording)? = events.last else {
        Issue.record("\(events)")
        return
      }
      #expect(recording.file == speech && recording.offset == nil)
      #expect(recording.duration == 1.702 && recording.seconds > 0)
      #expect(recording.outputs == [folder.appending(path: "s170.txt").path])
    }
  }

  @Test func aFileThatEndsEarlyIsTranscribedAndReported() throws {
    try withTemporaryFolder { folder in
      let whole = try Data(
        contentsOf: Fixtures.committed.appending(path: "audio/digits_12.flac"))
      let file = folder.appending(path: "cut.flac")
      try whole.prefix(whole.count / 2).write(to: file)
      var warnings: [String] = []
      let run = try run(into: folder)
      let failures = try run.transcribe(inputs(file.path)) { event in
        if case .warned(file.path, let reason) = event { warnings.append(reason) }
      }
      #expect(failures == [])
      #expect(warnings.count { $0.contains(" before its header says: of ") } == 1)
      #expect(try text("cut", in: folder) != nil)
    }
  }

  /// A part gives what a recording of that part alone gives.
  @Test func partsOfRecordingsAreHeard() throws {
    let samples = try AudioFile(path: speech).readAll()
    let cut = Array(samples[8_000..<24_000])
    let transcriber = try transcriber()
    let part = try transcriber.document(
      of: AudioFile(path: speech), part: RecordingPart(offset: 0.5, duration: 1))
    #expect(part.offset == 0.5 && part.duration == 1)
    let recognizer = try Recognizer.committed("v2like")
    #expect(try part.raw == recognizer.transcribe(cut).text)
    let rest = try transcriber.document(
      of: AudioFile(path: speech), part: RecordingPart(offset: 1.2))
    #expect(rest.duration == 0.502)
    #expect(throws: TranscriptionError.noSuchPart(file: speech, offset: 5)) {
      try transcriber.document(of: AudioFile(path: speech), part: RecordingPart(offset: 5))
    }
  }

  @Test func aStrictRunEndsWithTheFirstFailure() throws {
    try withTemporaryFolder { folder in
      var run = try run(into: folder)
      run.isStrict = true
      #expect(try run.transcribe(inputs(speech, "/no/such.wav", shorter)).count == 1)
      #expect(folderEntries(folder.path) == ["s170.txt"])
    }
  }

  @Test func theModelIsLoadedWhenThereIsSomethingToHear() throws {
    try withTemporaryFolder { folder in
      struct Loaded: Error {}
      let writer = try TranscriptWriter(
        formats: [.text], template: OutputTemplate("\(folder.path)/{stem}"), several: true)
      let run = TranscriptionRun(writer: writer) { throw Loaded() }
      #expect(try run.transcribe(inputs("/no/such.wav")).count == 1)
      #expect(throws: Loaded.self) { try run.transcribe(inputs("/no/such.wav", speech, shorter)) }
    }
  }

  @Test func aFileIsReplacedWhereNothingInterrupts() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "{stem}.{format}").path
      let calls = Monitor(0)
      let writer = try TranscriptWriter(
        formats: [.srt], template: OutputTemplate(path), several: false
      ) { body in
        calls.withLock { $0 += 1 }
        body()
      }
      let run = TranscriptionRun(writer: writer, load: engine)
      #expect(try run.transcribe(inputs(speech)) == [])
      #expect(calls.withLock(\.self) == 1)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["s170.srt"])
    }
  }

  @Test func whatCannotBeWrittenIsOnlyThatFilesFailure() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appending(path: "s170.txt"), withIntermediateDirectories: false)
      let run = try run(into: folder)
      let failures = try run.transcribe(inputs(speech, shorter))
      #expect(failures == [.isFolder(path: folder.appending(path: "s170.txt").path)])
      #expect(try text("s030", in: folder) != nil)
    }
  }

  private func inputs(_ paths: String...) -> [TranscriptionInput] {
    paths.map { TranscriptionInput($0) }
  }

  private func run(into folder: URL) throws -> TranscriptionRun {
    let template = try OutputTemplate(folder.appending(path: "{stem}.{format}").path)
    return TranscriptionRun(
      writer: TranscriptWriter(formats: [.text], template: template, several: true),
      load: engine)
  }

  private let engine: @Sendable () throws -> TranscriptionEngine = {
    let model = Fixtures.committed.appending(path: "v2like/v2like.nemo").path
    return TranscriptionEngine(try LoadedModel(model))
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
