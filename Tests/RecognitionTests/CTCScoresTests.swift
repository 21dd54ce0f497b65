import Checkpoint
import Foundation
import Recognition
import TestSupport
import Testing

/// Scores of the CTC head, which a hybrid model has beside its transducer.
@Suite struct CTCScoresTests {
  private static let recordings = ["s030", "s170", "s640"]

  /// The scores `[T, V + 1]` and the tokens of some frames.
  private static func hear(
    _ samples: [Float], _ recognizer: Recognizer, frames: Range<Int> = 0..<Int.max,
    from frame: Int = 0
  ) throws -> (scores: [[Float]], frames: [Int], tokens: [Token]) {
    var state = recognizer.model.start
    state.frame = frame
    var (rows, numbers) = ([[Float]](), [Int]())
    let tokens = try samples.withUnsafeBufferPointer { samples in
      try recognizer.tokens(of: samples, frames: frames, continuing: &state) { frame, scores in
        rows.append(Array(scores))
        numbers.append(frame)
      }
    }
    return (rows, numbers, tokens)
  }

  /// One pass gives the transducer's tokens and the scores, and both are NeMo's.
  @Test(arguments: recordings) func bothHeadsInOnePass(_ name: String) throws {
    let golden = try SafetensorsFile(
      path: Fixtures.committed.appending(path: "hybrid/\(name).safetensors").path)
    let recognizer = try Recognizer.committed("hybrid")
    #expect(recognizer.model.hasCTC)
    let found = try Self.hear(try Recordings.committed(name), recognizer)
    #expect(try found.tokens.map(\.id) == golden.int32s("tokens.ids").map(Int.init))
    #expect(try found.tokens.map(\.frame) == golden.int32s("tokens.frames").map(Int.init))

    let expected = try golden.floats("ctc.logprobs")
    #expect(expected.shape == [found.scores.count, found.scores[0].count])
    #expect(found.frames == Array(found.scores.indices))
    let ours = found.scores.flatMap { scores in
      let total = log(scores.reduce(0) { $0 + exp(Double($1)) })
      return scores.map { Double($0) - total }
    }
    let gaps = zip(ours, expected.values).map { abs($0 - Double($1)) }
    #expect(gaps.max() ?? .nan < 1e-3)
  }

  /// The head that decodes has the scores that it decides by.
  @Test(arguments: recordings) func theyAreThoseOfTheHeadThatDecodes(_ name: String) throws {
    let samples = try Recordings.committed(name)
    let beside = try Self.hear(samples, .committed("hybrid"))
    let decoding = try Self.hear(samples, .committed("hybrid", decoder: .ctc))
    #expect(beside.scores == decoding.scores && beside.frames == decoding.frames)
    #expect(beside.tokens != decoding.tokens)
  }

  /// Only frames that are decoded have scores, numbered as the tokens are.
  @Test func partsOfARecording() throws {
    let recognizer = try Recognizer.committed("hybrid")
    let samples = try Recordings.committed("s640")
    let whole = try Self.hear(samples, recognizer)
    let part = try Self.hear(samples, recognizer, frames: 10..<75, from: 1_010)
    #expect(part.frames == Array(1_010..<1_075))
    // Rows of a product may differ in the last digits where it has other ones.
    for (found, expected) in zip(part.scores, whole.scores[10..<75]) {
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-4 })
    }
    #expect(part.tokens.allSatisfy { (1_010..<1_075).contains($0.frame) })
  }

  @Test func aModelWithoutTheHeadHasNoScores() throws {
    let recognizer = try Recognizer.committed("v2like")
    #expect(!recognizer.model.hasCTC)
    let found = try Self.hear(try Recordings.committed("s170"), recognizer)
    #expect(found.scores.isEmpty && !found.tokens.isEmpty)
  }
}
