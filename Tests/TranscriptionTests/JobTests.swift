import Foundation
import System
import TestSupport
import Testing
import Transcription

/// Several recordings at the same time, with a model of random weights.
@Suite struct JobTests {
  private static let model = Fixtures.committed.appending(path: "v2like/v2like.nemo").path
  private static let names = ["s030", "s640", "s170"]

  private static func path(_ name: String) -> String {
    Fixtures.committed.appending(path: "wav/\(name).wav").path
  }

  /// A run into a folder, whose files are numbered.
  private func run(into folder: URL, jobs: Int, threads: Int) throws -> TranscriptionRun {
    let template = try OutputTemplate(folder.appending(path: "\(jobs)-{number}").path)
    var run = TranscriptionRun(
      writer: TranscriptWriter(formats: [.ctm], template: template, several: true)
    ) {
      TranscriptionEngine(try LoadedModel(Self.model))
    }
    (run.jobs, run.threads) = (jobs, threads)
    return run
  }

  @Test func severalAtATimeWriteWhatOneWrites() throws {
    try withTemporaryFolder { folder in
      // The last goes on alone, with the threads of the others.
      let long = folder.appending(path: "long.wav").path
      let samples = try Self.names.flatMap(Recordings.committed)
      let repeats = 100 * 16_000 / samples.count
      let wave = Wave(floats: (0..<repeats).flatMap { _ in samples })
      try wave.bytes().write(to: URL(filePath: long))
      let inputs = (Self.names.map(Self.path) + [long, Self.path("s170")]).map {
        TranscriptionInput($0)
      }
      for jobs in [1, 2, 4] {
        #expect(try run(into: folder, jobs: jobs, threads: 4).transcribe(inputs) == [])
      }
      for number in 1...inputs.count {
        let texts = try [1, 2, 4].map {
          try String(contentsOf: folder.appending(path: "\($0)-\(number)"), encoding: .utf8)
        }
        #expect(Set(texts).count == 1)
        // A second of noise has no words in it.
        #expect(!texts[0].isEmpty || number == 1)
      }
    }
  }

  @Test func theShortestIsNotTheFirst() throws {
    try withTemporaryFolder { folder in
      var opened: [Int] = []
      let inputs = Self.names.map { TranscriptionInput(Self.path($0)) }
      _ = try run(into: folder, jobs: 2, threads: 2).transcribe(inputs) { event in
        if case .opened(let number, _, _) = event { opened.append(number) }
      }
      #expect(opened.sorted() == [1, 2, 3] && opened.first != 1)
    }
  }

  @Test func aStrictRunEndsAllJobs() throws {
    try withTemporaryFolder { folder in
      var strict = try run(into: folder, jobs: 2, threads: 2)
      strict.isStrict = true
      let names = ["/no/such.wav"] + [String](repeating: Self.path("s170"), count: 40)
      let failures = try strict.transcribe(names.map { TranscriptionInput($0) })
      #expect(failures.count == 1)
      // What was under way when it failed may have been done.
      #expect(folderEntries(folder.path).count < 40)
    }
  }

  @Test func aModelThatCannotBeLoadedEndsAllJobs() throws {
    struct Loaded: Error {}
    let loads = Monitor(0)
    var run = TranscriptionRun(
      writer: TranscriptWriter(formats: [.text], template: nil, several: true)
    ) {
      loads.withLock { $0 += 1 }
      throw Loaded()
    }
    (run.jobs, run.threads) = (3, 3)
    let inputs = [String](repeating: Self.path("s170"), count: 20).map { TranscriptionInput($0) }
    #expect(throws: Loaded.self) { try run.transcribe(inputs) }
    #expect(loads.withLock { 1...3 ~= $0 })
  }
}
