import Checkpoint
import Recognition
import Testing

/// Confidence against closed forms and NeMo's values.
@Suite struct TranscriptConfidenceTests {
  typealias Measure = @Sendable (UnsafeBufferPointer<Float>) -> Float

  private static let measures: [(name: String, measure: Measure)] = [
    ("conf.max_prob_a1", { Confidence.maximumProbability($0) }),
    ("conf.tsallis_a033_exp", { Confidence.tsallisEntropy($0) }),
    ("conf.gibbs_a1_lin", { Confidence.gibbsEntropy($0) }),
  ]

  @Test func aGuessIsNothingAndCertaintyIsOne() {
    for (_, measure) in Self.measures {
      let guess = [Float](repeating: -3, count: 1_025).withUnsafeBufferPointer(measure)
      #expect(abs(guess) < 1e-6)
      var scores = [Float](repeating: -500, count: 1_025)
      scores[7] = 500
      #expect(abs(scores.withUnsafeBufferPointer(measure) - 1) < 1e-6)
    }
  }

  @Test func aShiftOfAllScoresChangesNothing() {
    let scores = (0..<100).map { Float($0 * 37 % 19) / 4 }
    for (_, measure) in Self.measures {
      let plain = scores.withUnsafeBufferPointer(measure)
      let shifted = scores.map { $0 - 8 }.withUnsafeBufferPointer(measure)
      #expect(abs(plain - shifted) < 1e-6)
    }
  }

  @Test func equalsNeMo() throws {
    var compared = 0
    for golden in TranscriptGolden.all where golden.timing != .ctc {
      let file = try SafetensorsFile(path: golden.tensorPath)
      guard file.tensors["steps.logits"] != nil, file.tensors["conf.gibbs_a1_lin"] != nil else {
        continue
      }
      let logits = try file.floats("steps.logits")
      let labels = try file.int32s("steps.label")
      let blank = try TokenizerFixtures.tokenizer(golden.tokenizer).count
      let tokenOfStep = labels.reduce(into: [Int]()) { indices, label in
        indices.append((indices.last ?? 0) + (label == blank ? 0 : 1))
      }
      for (name, measure) in Self.measures {
        let expected = try file.floats(name).values
        for (row, step) in try file.int32s("steps.logits_index").enumerated()
        where labels[Int(step)] != blank {
          let start = row * logits.shape[1]
          let scores = UnsafeBufferPointer(rebasing: logits.values[start..<start + blank + 1])
          let difference = abs(measure(scores) - expected[tokenOfStep[Int(step)] - 1])
          #expect(difference < 1e-4, "\(golden.name) \(name) step \(step): \(difference)")
          compared += 1
        }
      }
    }
    #expect(compared > 30)
  }
}
