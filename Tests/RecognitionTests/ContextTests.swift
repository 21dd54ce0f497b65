import Recognition
import TestSupport
import Testing

/// Decoding some frames only, and going back.
@Suite struct ContextTests {
  private static let variants = ["v2like", "hybrid", "v3like", "rnnt", "ctc"]

  private static func tokens(
    _ samples: [Float], _ recognizer: Recognizer, continuing: Bool = false,
    frames: Range<Int> = 0..<Int.max
  ) throws -> [Token] {
    try samples.withUnsafeBufferPointer {
      try recognizer.tokens(of: $0, continuing: continuing, frames: frames)
    }
  }

  /// Two halves that hear the same audio have the tokens of the whole.
  @Test(arguments: variants) func frames(_ variant: String) throws {
    let recognizer = try Recognizer.committed(variant)
    let samples = try Recordings.committed("s640")
    let whole = try Self.tokens(samples, recognizer)
    try #require(!whole.isEmpty)
    // A frame with a token is one that the search stops at, wherever it begins.
    let middle = try #require(whole.first { $0.frame > whole[0].frame }).frame
    let first = try Self.tokens(samples, recognizer, frames: 0..<middle)
    let second = try Self.tokens(
      samples, recognizer, continuing: true, frames: middle..<Int.max)
    #expect(!first.isEmpty && !second.isEmpty)
    #expect((first + second).map(\.id) == whole.map(\.id))
    #expect((first + second).map(\.frame) == whole.map(\.frame))
    #expect(try Self.tokens(samples, recognizer, frames: 5..<5).isEmpty)
    #expect(try Self.tokens(samples, recognizer, frames: 1_000..<2_000).isEmpty)
  }

  @Test(arguments: variants) func memory(_ variant: String) throws {
    let recognizer = try Recognizer.committed(variant)
    let recordings = try ["s170", "s640"].map { try Recordings.committed($0) }
    _ = try Self.tokens(recordings[0], recognizer)
    let expected = try Self.tokens(recordings[1], recognizer, continuing: true)
    for continuing in [true, false] {
      _ = try Self.tokens(recordings[0], recognizer)
      let memory = recognizer.memory
      let tried = try Self.tokens(recordings[1], recognizer, continuing: continuing)
      #expect(!tried.isEmpty)
      recognizer.memory = memory
      let found = try Self.tokens(recordings[1], recognizer, continuing: true)
      #expect(found == expected)
    }
  }
}
