import Recognition
import TestSupport
import Testing

/// Decoding some frames only, going on, and going back.
@Suite struct ContextTests {
  private static let variants = ["v2like", "hybrid", "v3like", "rnnt", "ctc"]

  private static func tokens(
    _ samples: [Float], _ recognizer: Recognizer, frames: Range<Int> = 0..<Int.max,
    continuing state: inout DecoderState
  ) throws -> [Token] {
    try samples.withUnsafeBufferPointer {
      try recognizer.tokens(of: $0, frames: frames, continuing: &state)
    }
  }

  /// Two halves that hear the same audio have the tokens of the whole.
  @Test(arguments: variants) func frames(_ variant: String) throws {
    let recognizer = try Recognizer.committed(variant)
    let samples = try Recordings.committed("s640")
    let whole = try samples.withUnsafeBufferPointer { try recognizer.tokens(of: $0) }
    try #require(!whole.isEmpty)
    // A frame with a token is one that the search stops at, wherever it begins.
    let middle = try #require(whole.first { $0.frame > whole[0].frame }).frame
    var state = recognizer.model.start
    let first = try Self.tokens(samples, recognizer, frames: 0..<middle, continuing: &state)
    #expect(state.frame == middle)
    let second = try Self.tokens(
      samples, recognizer, frames: middle..<Int.max, continuing: &state)
    #expect(!first.isEmpty && !second.isEmpty)
    #expect((first + second).map(\.id) == whole.map(\.id))
    #expect((first + second).map(\.frame) == whole.map(\.frame))
    let end = state
    #expect(try Self.tokens(samples, recognizer, frames: 5..<5, continuing: &state).isEmpty)
    #expect(try Self.tokens(samples, recognizer, frames: 900..<2_000, continuing: &state).isEmpty)
    #expect(state == end)
  }

  /// Frames count from where the state says that the recording is.
  @Test(arguments: variants) func origin(_ variant: String) throws {
    let recognizer = try Recognizer.committed(variant)
    let samples = try Recordings.committed("s170")
    var (here, later) = (recognizer.model.start, recognizer.model.start)
    later.frame = 1_000
    let expected = try Self.tokens(samples, recognizer, continuing: &here)
    let found = try Self.tokens(samples, recognizer, continuing: &later)
    try #require(!expected.isEmpty)
    #expect(found.map(\.frame) == expected.map { $0.frame + 1_000 })
    #expect(found.map(\.id) == expected.map(\.id))
    #expect(later.frame == here.frame + 1_000)
  }

  /// A state is a value: what else is decoded, even from copies of it, leaves it alone.
  @Test(arguments: variants) func copies(_ variant: String) throws {
    let recognizer = try Recognizer.committed(variant)
    let recordings = try ["s170", "s640"].map { try Recordings.committed($0) }
    var first = recognizer.model.start
    _ = try Self.tokens(recordings[0], recognizer, continuing: &first)
    var state = first
    let expected = try Self.tokens(recordings[1], recognizer, continuing: &state)
    let other = try recognizer.transcribe(recordings[1])
    #expect(!other.tokens.isEmpty && state != first)
    state = first
    #expect(try Self.tokens(recordings[1], recognizer, continuing: &state) == expected)
    // The state says all that there is to say: another recogniser goes on just so.
    let another = try Recognizer(recognizer.model, threads: 2)
    #expect(try Self.tokens(recordings[1], another, continuing: &first) == expected)
    #expect(first == state)
  }
}
