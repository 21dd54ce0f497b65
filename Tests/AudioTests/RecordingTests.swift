import Foundation
import TestSupport
import Testing

/// The recordings that other tests are built on.
@Suite struct RecordingTests {
  @Test(arguments: [(5, 6), (30, 36)])
  func joinedRecordingsHaveTheirLengthAndWords(seconds: Double, words: Int) throws {
    let recording = try Recording(seconds: seconds, silenceBefore: 0.5, after: 1)
    #expect(recording.duration == seconds + 1.5)
    #expect(recording.samples.prefix(8_000).allSatisfy { $0 == 0 })
    #expect(recording.samples.suffix(16_000).allSatisfy { $0 == 0 })
    #expect(recording.samples[8_000..<24_000].contains { abs($0) > 0.02 })
    #expect(recording.samples.dropLast(16_000).suffix(16_000).contains { abs($0) > 0.02 })
    #expect(recording.text.split(separator: " ").count == words)
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "joined.wav")
      try recording.write(to: file)
      #expect(try samples(file.path) == recording.samples)
    }
  }
}
