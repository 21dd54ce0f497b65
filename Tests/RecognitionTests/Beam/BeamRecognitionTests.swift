import CCallCounter
import Recognition
import TestSupport
import Testing

/// Recognition with a beam search.
@Suite struct BeamRecognitionTests {
  private static let variants = [
    "v2like", "hybrid", "v3like", "rnnt", "maxsym", "layernorm", "sigmoid",
  ]
  private static let recordings = ["s030", "s170", "s640"]

  private func tree(_ mode: BiasingSettings.Mode) -> BiasingTree {
    var random = Seeded(5)
    let phrases = (0..<60).map { _ in
      BiasingPhrase((0..<4).map { _ in Int.random(in: 0..<100, using: &random) })
    }
    return BiasingTree(phrases, BiasingSettings(mode))
  }

  /// A beam of one is the greedy search, with phrases and without, in a whole and in parts.
  @Test(arguments: variants) func aBeamOfOneIsGreedy(_ variant: String) throws {
    let model = try SpeechModel.committed(variant)
    let (greedy, beam) = (
      try Recognizer(model, threads: 1), try Recognizer(model, threads: 1, beam: 1)
    )
    let biasing: [Biasing?] = [
      nil, Biasing(tree(.nemo()), alpha: 2), Biasing(tree(.exact(unscored: nil)), alpha: 2),
    ]
    for recording in Self.recordings {
      let samples = try Recordings.committed(recording)
      for biasing in biasing {
        for frames in [[0..<Int.max], [0..<9, 9..<Int.max]] {
          var (state, other) = (model.start, model.start)
          (state.biasing, other.biasing) = (biasing, biasing)
          for part in frames {
            try samples.withUnsafeBufferPointer { samples in
              let expected = try greedy.tokens(of: samples, frames: part, continuing: &state)
              let found = try beam.tokens(of: samples, frames: part, continuing: &other)
              #expect(found == expected, "\(recording)")
              #expect(beam.alternatives.count <= 1)
            }
          }
          #expect(state == other)
        }
      }
    }
  }

  /// The best of several is never less likely than what a single one leads to, as far as the search
  /// knows, and tokens and state go with it.
  @Test(arguments: variants) func aBeamOfSeveral(_ variant: String) throws {
    let model = try SpeechModel.committed(variant)
    let (narrow, wide) = (
      try Recognizer(model, threads: 1, beam: 1), try Recognizer(model, threads: 1, beam: 4)
    )
    var gain: Float = 0
    for recording in Self.recordings {
      let samples = try Recordings.committed(recording)
      try samples.withUnsafeBufferPointer { samples in
        _ = try narrow.tokens(of: samples)
        var state = model.start
        let tokens = try wide.tokens(of: samples, continuing: &state)
        let found = wide.alternatives
        #expect(found.count <= 4)
        #expect(Set(found.map { $0.tokens.map(\.id) }).count == found.count)
        guard let best = found.first, let single = narrow.alternatives.first else { return }
        #expect(best.tokens == tokens)
        #expect(tokens.map(\.frame) == tokens.map(\.frame).sorted())
        gain += best.score - single.score
        // What comes next does not depend on how the search came here.
        let again = try Recognizer(model, threads: 1)
        var other = state
        let next = try again.tokens(of: samples, continuing: &state)
        #expect(try again.tokens(of: samples, continuing: &other) == next)
      }
    }
    #expect(gain >= 0)
  }

  /// Where a beam search hears nothing, what the greedy one hears counts.
  @Test(arguments: variants) func speechIsNeverNothing(_ variant: String) throws {
    let model = try SpeechModel.committed(variant)
    let greedy = try Recognizer(model, threads: 1)
    let beams = try [2, 4, 16].map { try Recognizer(model, threads: 1, beam: $0) }
    for recording in Self.recordings {
      let samples = try Recordings.committed(recording)
      try samples.withUnsafeBufferPointer { samples in
        guard try !greedy.tokens(of: samples).isEmpty else { return }
        for beam in beams { #expect(try !beam.tokens(of: samples).isEmpty, "\(recording)") }
      }
    }
  }

  @Test func aCTCHeadHasNone() throws {
    let model = try SpeechModel.committed("ctc")
    #expect(throws: RecognitionError.noBeam) { try Recognizer(model, threads: 1, beam: 2) }
  }

  @Test(
    .enabled(if: calls_are_counted(), "a sanitizer has a heap of its own"),
    .enabled(if: !isDebug, "small arrays and closures lie on the heap without the optimiser"),
    arguments: ["hybrid", "rnnt"])
  func secondPassAllocatesNothing(_ variant: String) throws {
    let model = try SpeechModel.committed(variant)
    let recognizer = try Recognizer(model, threads: 1, beam: 4)
    let samples = try Recordings.committed("s640")
    for biasing in [nil, Biasing(tree(.exact(unscored: nil)), alpha: 2)] {
      var state = model.start
      state.biasing = biasing
      // As often as it takes for the room to be enough whatever came before.
      for _ in 0..<3 {
        _ = try samples.withUnsafeBufferPointer {
          try recognizer.tokens(of: $0, continuing: &state)
        }
      }
      let calls = try samples.withUnsafeBufferPointer { samples in
        try recognizer.calls(heap_calls_of_this_thread) {
          try $0.tokens(of: samples, continuing: &state)
        }
      }
      #expect(calls == 0)
    }
  }
}
