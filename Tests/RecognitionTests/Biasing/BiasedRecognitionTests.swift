import CCallCounter
import Recognition
import TestSupport
import Testing

/// Recognition with phrases, with each kind of decoder.
@Suite struct BiasedRecognitionTests {
  private static let heads: [(String, DecoderChoice)] = [
    ("v2like", .tdt), ("rnnt", .tdt), ("hybrid", .tdt), ("ctc", .ctc), ("hybrid", .ctc),
  ]
  private static let modes: [BiasingSettings.Mode] = [.nemo(), .exact(unscored: nil)]

  /// Phrases of what is said anyway and of what is not.
  private func tree(_ tokens: [Token], _ mode: BiasingSettings.Mode) -> BiasingTree {
    let ids = tokens.map(\.id)
    var random = Seeded(5)
    let others = (0..<40).map { _ in
      (0..<4).map { _ in Int.random(in: 0..<100, using: &random) }
    }
    let said = stride(from: 0, to: ids.count, by: 3).map { start in
      Array(ids[start..<min(start + 2, ids.count)]) + [7]
    }
    return BiasingTree((others + said).map { BiasingPhrase($0) }, BiasingSettings(mode))
  }

  private func tokens(
    _ samples: [Float], _ recognizer: Recognizer, frames: Range<Int> = 0..<Int.max,
    _ state: inout DecoderState
  ) throws -> [Token] {
    try samples.withUnsafeBufferPointer {
      try recognizer.tokens(of: $0, frames: frames, continuing: &state)
    }
  }

  /// Phrases change what is decoded, and nothing is different in two halves.
  @Test(arguments: heads) func partsAreDecodedAsTheWhole(
    _ variant: String, _ decoder: DecoderChoice
  ) throws {
    let recognizer = try Recognizer.committed(variant, decoder: decoder)
    let samples = try Recordings.committed("s640")
    var plain = recognizer.model.start
    let unbiased = try tokens(samples, recognizer, &plain)
    for mode in Self.modes {
      var start = recognizer.model.start
      start.biasing = Biasing(tree(unbiased, mode), alpha: 3)
      var state = start
      let whole = try tokens(samples, recognizer, &state)
      #expect(whole.map(\.id) != unbiased.map(\.id))
      #expect(state != start)
      // A frame with a token is one that the search stops at, wherever it begins.
      for cut in stride(from: 1, to: whole.count, by: 5).map({ whole[$0].frame }) where cut > 0 {
        var state = start
        let first = try tokens(samples, recognizer, frames: 0..<cut, &state)
        let second = try tokens(samples, recognizer, frames: cut..<Int.max, &state)
        #expect((first + second).map(\.id) == whole.map(\.id), "cut at \(cut)")
      }
    }
  }

  /// Phrases of no weight, and none, change no byte.
  @Test(arguments: heads) func nothingIsFavoured(
    _ variant: String, _ decoder: DecoderChoice
  ) throws {
    let recognizer = try Recognizer.committed(variant, decoder: decoder)
    let samples = try Recordings.committed("s640")
    var plain = recognizer.model.start
    let expected = try tokens(samples, recognizer, &plain)
    for mode in Self.modes {
      for biasing in [
        Biasing(tree(expected, mode), alpha: 0),
        Biasing(BiasingTree([], BiasingSettings(mode)), alpha: 5),
      ] {
        var state = recognizer.model.start
        state.biasing = biasing
        #expect(try tokens(samples, recognizer, &state) == expected)
      }
    }
  }

  @Test(
    .enabled(if: calls_are_counted(), "a sanitizer has a heap of its own"),
    .enabled(if: !isDebug, "small arrays and closures lie on the heap without the optimiser"),
    arguments: heads)
  func laterPassesAllocateNothing(_ variant: String, _ decoder: DecoderChoice) throws {
    let recognizer = try Recognizer.committed(variant, threads: 1, decoder: decoder)
    let samples = try Recordings.committed("s640")
    var state = recognizer.model.start
    let unbiased = try tokens(samples, recognizer, &state)
    for mode in Self.modes {
      var state = recognizer.model.start
      state.biasing = Biasing(tree(unbiased, mode), alpha: 3)
      // Each pass goes on where the one before ended, and may need more room than that.
      let isEnough = try (0..<20).contains { _ in
        try samples.withUnsafeBufferPointer { samples in
          try recognizer.calls(heap_calls_of_this_thread) {
            try $0.tokens(of: samples, continuing: &state)
          } == 0
        }
      }
      #expect(isEnough)
    }
  }
}
