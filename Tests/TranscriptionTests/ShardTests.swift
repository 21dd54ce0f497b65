import Foundation
import TestSupport
import Testing
import Transcription

/// Runs that several machines do together.
@Suite struct ShardTests {
  /// Recordings of a manifest that last 1 … 15 s, and one that lasts a minute.
  private static let inputs = {
    var numbers = Seeded(15)
    return numbers.floats(500, in: 1...15).enumerated().map { index, seconds in
      TranscriptionInput(
        "/\(index).wav", part: RecordingPart(duration: index == 250 ? 60 : Double(seconds)),
        line: nil)
    }
  }()

  @Test(arguments: [1, 2, 3, 7, 64, 500]) func everyRecordingIsInOneShard(_ count: Int) throws {
    let shards = try (1...count).map { try #require(Shard($0, of: count)) }
    let parts = shards.map { $0.indices(of: Self.inputs) }
    #expect(parts.flatMap(\.self).sorted() == Array(0..<500))
    #expect(parts.allSatisfy { $0 == $0.sorted() })
    #expect(shards[0].indices(of: Self.inputs) == parts[0])
    let lengths = parts.map { part in
      part.reduce(0) { $0 + (Self.inputs[$1].part.duration ?? 0) }
    }
    let (least, most) = try (#require(lengths.min()), #require(lengths.max()))
    // What was dealt out last is short.
    #expect(most - least < 1.5 || count == 500)
  }

  @Test func shardsLastAsLongWhateverTheFormat() throws {
    try withTemporaryFolder { folder in
      let seconds = [8, 4, 4, 1, 1, 1, 1]
      var inputs: [TranscriptionInput] = []
      for (index, length) in seconds.enumerated() {
        let rate = index == 0 ? 8_000 : 48_000
        let file = folder.appending(path: "\(index).wav")
        try Wave([Int16](repeating: 0, count: length * rate), rate: rate).bytes().write(to: file)
        inputs.append(TranscriptionInput(file.path))
      }
      let halves = try [1, 2].map { try #require(Shard($0, of: 2)).indices(of: inputs) }
      #expect(halves.map { $0.reduce(0) { $0 + seconds[$1] } } == [10, 10])
      // A file that is not there belongs to a shard too, which will say so.
      inputs.append(TranscriptionInput("/no/such.wav"))
      let thirds = try (1...3).flatMap { try #require(Shard($0, of: 3)).indices(of: inputs) }
      #expect(thirds.sorted() == Array(0...7))
    }
  }

  @Test func thereAreNoOtherShards() {
    #expect(Shard(0, of: 4) == nil && Shard(5, of: 4) == nil && Shard(1, of: 0) == nil)
    #expect(Shard(1, of: 1_000_000_000) == nil && Shard(4, of: 4) != nil)
  }

  @Test func whatWasPrintedIsJoinedInOrder() throws {
    var printed = try #require(PrintedTranscripts(.text))
    printed.add("1", Array("c\tthree\na\tone\nx\tten\ne\tfi".utf8))
    printed.add("2", Array("a\tagain\nb\\t\ttwo\nno tab\n".utf8))
    let (text, problems) = printed.joined(
      for: ["a", "b\t", "c", "d"].map { TranscriptionInput($0) })
    #expect(String(decoding: text, as: UTF8.self) == "a\tone\nb\\t\ttwo\nc\tthree\n")
    #expect(
      problems == [
        .unreadable(part: "1", line: 4), .unreadable(part: "2", line: 3), .missing(file: "d"),
        .double(file: "a", part: "2", other: "1"), .unknown(file: "x", part: "1"),
      ])
    #expect(PrintedTranscripts(.srt) == nil)
  }

  @Test func partsOfRecordingsAreToldApart() throws {
    let inputs = [(0, 2.0), (2, 1), (2, 3)].map { offset, duration in
      TranscriptionInput(
        "/m/a.wav", part: RecordingPart(offset: offset, duration: duration),
        line: #"{"audio_filepath": "a.wav", "offset": \#(offset)}"#)
    }
    let lines = inputs.map {
      """
      {"audio_filepath":"a.wav","duration":\($0.part.duration ?? 0),"offset":\($0.part.offset)}\n
      """
    }
    var printed = try #require(PrintedTranscripts(.jsonl))
    printed.add("x", Array((lines[2] + lines[0]).utf8))
    printed.add("y", Array(lines[1].utf8))
    let (text, problems) = printed.joined(for: inputs)
    #expect(String(decoding: text, as: UTF8.self) == lines.joined())
    #expect(problems == [])
  }
}
