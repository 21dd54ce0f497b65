import Foundation
import Recognition
import TestSupport
import Testing

/// The beam search by itself, with a network of random scores.
@Suite struct BeamSearchTests {
  private static let blank = 2

  /// Scores by frame and string, from a seed.
  private final class Network: BeamHead {
    let durations: [Int]
    private let seed: UInt64
    /// Strings by slot.
    private var strings: [Int: [Int]] = [0: []]
    private let room = UnsafeMutableBufferPointer<Float>.allocate(capacity: 16)

    init(_ seed: UInt64, durations: [Int]) { (self.seed, self.durations) = (seed, durations) }

    deinit { room.deallocate() }

    func scores(_ frame: Int, _ string: [Int]) -> [Float] {
      var mix = seed &* 31 &+ UInt64(frame)
      for token in string { mix = mix &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(token + 1) }
      var random = Seeded(mix)
      return random.floats(BeamSearchTests.blank + 1 + durations.count, in: -3...3)
    }

    func logits(frame: Int, behind slot: Int) -> UnsafeBufferPointer<Float> {
      let values = scores(frame, strings[slot] ?? [])
      _ = room.update(fromContentsOf: values)
      return UnsafeBufferPointer(rebasing: room[..<values.count])
    }

    func accept(_ token: Int, behind slot: Int, into other: Int) {
      strings[other] = (strings[slot] ?? []) + [token]
    }
  }

  private static func logSoftmax(_ scores: ArraySlice<Float>) -> [Double] {
    let sum = log(scores.reduce(0.0) { $0 + exp(Double($1)) })
    return scores.map { Double($0) - sum }
  }

  /// Every way through the frames, each label with the best duration, summed up by string.
  private func everything(
    _ network: Network, frames: Int, maxSymbols: Int
  ) -> [[Int]: Double] {
    var sums: [[Int]: Double] = [:]
    func go(_ frame: Int, _ symbols: Int, _ string: [Int], _ score: Double) {
      guard frame < frames else {
        sums[string, default: 0] += exp(score)
        return
      }
      let scores = network.scores(frame, string)
      let labels = Self.logSoftmax(scores[...Self.blank])
      var (duration, paid) = (0, 0.0)
      if !network.durations.isEmpty {
        let rest = Self.logSoftmax(scores[(Self.blank + 1)...])
        let best = rest.indices.max { rest[$0] < rest[$1] } ?? 0
        (duration, paid) = (network.durations[best], rest[best])
      }
      for (label, score) in zip(labels.indices, labels.map { score + $0 + paid }) {
        if label == Self.blank {
          go(frame + max(duration, 1), 0, string, score)
        } else if duration > 0 {
          go(frame + duration, 0, string + [label], score)
        } else if symbols + 1 >= maxSymbols {
          go(frame + 1, 0, string + [label], score)
        } else {
          go(frame, symbols + 1, string + [label], score)
        }
      }
    }
    go(0, 0, [], 0)
    return sums
  }

  private static let kinds: [[Int]] = [[0, 1, 2], []]

  /// With room for all strings nothing is lost: their probabilities are those of all their ways.
  @Test(arguments: kinds) func aWideSearchFindsEverything(_ durations: [Int]) {
    for seed in 0..<20 {
      let network = Network(UInt64(seed), durations: durations)
      let greedy = GreedyTransducer(
        blank: Self.blank, durations: durations, maxSymbolsPerFrame: 2)
      let beam = BeamSearch(greedy, width: 130, margin: .infinity)
      var head = network
      beam.search(frames: 3, &head)
      let expected = everything(network, frames: 3, maxSymbols: 2)
      let found = beam.alternatives()
      #expect(found.count == expected.count)
      for alternative in found {
        let sum = expected[alternative.tokens.map(\.id)]
        #expect(sum.map { abs(log($0) - Double(alternative.score)) < 1e-3 } ?? false)
      }
      #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
      #expect(Set(found.map { $0.tokens.map(\.id) }).count == found.count)
    }
  }

  /// A phrase adds to a string what it adds when a string is scored alone, and once.
  @Test(arguments: kinds) func aBonusCountsOnce(_ durations: [Int]) {
    let tree = BiasingTree(
      [[0, 1], [1, 1, 0], [0, 1, 1, 1]].map { BiasingPhrase($0) },
      BiasingSettings(.nemo()))
    let room = UnsafeMutablePointer<Float>.allocate(capacity: Self.blank)
    defer { room.deallocate() }
    for seed in 0..<20 {
      let network = Network(UInt64(seed), durations: durations)
      let greedy = GreedyTransducer(
        blank: Self.blank, durations: durations, maxSymbolsPerFrame: 2)
      let beam = BeamSearch(greedy, width: 130, margin: .infinity)
      var head = network
      beam.search(
        frames: 3, &head, BiasingCursor(Biasing(tree, alpha: 0.5), room: room))
      let expected = everything(network, frames: 3, maxSymbols: 2)
      let found = beam.alternatives()
      #expect(found.count == expected.count)
      for alternative in found {
        let string = alternative.tokens.map(\.id)
        var (bonus, node) = (Float(0), 0)
        for token in string {
          let step = tree.advance(token, from: node)
          (bonus, node) = (bonus + step.score, step.node)
        }
        bonus += tree.end(at: node)
        let sum = expected[string].map { log($0) + Double(bonus) / 2 } ?? 0
        #expect(abs(sum - Double(alternative.score)) < 1e-3, "\(string)")
      }
    }
    withExtendedLifetime(tree) {}
  }

  /// A narrow search finds strings of which each is at least as likely as it says.
  @Test(arguments: kinds, [2, 4]) func aNarrowSearchFindsGoodOnes(_ durations: [Int], width: Int) {
    var (best, greedyScores) = (0.0, 0.0)
    for seed in 100..<130 {
      let network = Network(UInt64(seed), durations: durations)
      let greedy = GreedyTransducer(
        blank: Self.blank, durations: durations, maxSymbolsPerFrame: 2)
      let expected = everything(network, frames: 4, maxSymbols: 2)
      var scores: [Double] = []
      for width in [1, width] {
        let beam = BeamSearch(greedy, width: width)
        var head = Network(UInt64(seed), durations: durations)
        beam.search(frames: 4, &head)
        let found = beam.alternatives()
        #expect((1...width).contains(found.count))
        for alternative in found {
          let sum = expected[alternative.tokens.map(\.id)]
          #expect(sum.map { log($0) > Double(alternative.score) - 1e-3 } ?? false)
        }
        scores.append(log(expected[found[0].tokens.map(\.id)] ?? 0))
      }
      greedyScores += scores[0]
      best += scores[1]
    }
    #expect(best > greedyScores)
  }

  /// The scores of a broken model never hang, and end.
  @Test func scoresThatAreNoNumbersEnd() {
    struct Broken: BeamHead {
      let scores: UnsafeMutableBufferPointer<Float>
      func logits(frame: Int, behind slot: Int) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(scores)
      }
      func accept(_ token: Int, behind slot: Int, into other: Int) {}
    }
    let scores = UnsafeMutableBufferPointer<Float>.allocate(capacity: Self.blank + 3)
    defer { scores.deallocate() }
    let greedy = GreedyTransducer(blank: Self.blank, durations: [0, 1], maxSymbolsPerFrame: nil)
    for value in [Float.nan, .infinity, -Float.infinity] {
      for at in scores.indices {
        for other in [Float.nan, 0, -Float.infinity] {
          scores.update(repeating: other)
          scores[at] = value
          let beam = BeamSearch(greedy, width: 3)
          var head = Broken(scores: scores)
          beam.search(frames: 3, &head)
          #expect(beam.alternatives().count <= 3)
        }
      }
    }
  }

  @Test func nothingIsFoundInNothing() {
    let greedy = GreedyTransducer(blank: Self.blank, durations: [0, 1], maxSymbolsPerFrame: 2)
    let beam = BeamSearch(greedy, width: 3)
    var head = Network(1, durations: [0, 1])
    beam.search(frames: 0, &head)
    #expect(beam.alternatives().map(\.tokens) == [[]])
  }
}
