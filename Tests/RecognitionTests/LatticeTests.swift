import Foundation
import Recognition
import TestSupport
import Testing

/// The best way to emit given tokens, against all ways there are.
@Suite struct LatticeTests {
  /// All ways of a small lattice, one after the other.
  private static func bruteForce(_ lattice: TransducerLattice) -> Float {
    var best = -Float.infinity
    func walk(_ frame: Int, _ count: Int, _ score: Float, _ stays: Int) {
      guard frame < lattice.frames else {
        if count == lattice.tokens { best = max(best, score) }
        return
      }
      let node = count * lattice.frames + frame
      let steps =
        lattice.durations.isEmpty
        ? [(1, 0, Float(0), true), (0, 0, Float(0), false)]
        : lattice.durations.enumerated().flatMap { index, duration in
          let length = lattice.lengths[node * lattice.durations.count + index]
          return [(duration, index, length, true), (duration, index, length, false)]
        }
      for (duration, _, length, isBlank) in steps {
        if isBlank {
          if duration > 0 {
            walk(frame + duration, count, score + lattice.blanks[node] + length, 0)
          }
        } else if count < lattice.tokens {
          walk(frame + duration, count + 1, score + lattice.labels[node] + length, stays + 1)
        }
      }
    }
    walk(0, 0, 0, 0)
    return best
  }

  @Test(arguments: [[], [0, 1, 2], [0, 1, 2, 3, 4], [1, 3]])
  func theBestWayOfATransducer(durations: [Int]) {
    var random = Seeded(11)
    for _ in 0..<60 {
      var lattice = TransducerLattice(
        frames: Int.random(in: 1...5, using: &random),
        tokens: Int.random(in: 0...3, using: &random), durations: durations)
      lattice.blanks = random.floats(lattice.blanks.count, in: -5...0)
      lattice.labels = random.floats(lattice.labels.count, in: -5...0)
      lattice.lengths = random.floats(lattice.lengths.count, in: -5...0)
      let expected = Self.bruteForce(lattice)
      #expect(expected == lattice.best || abs(expected - lattice.best) < 1e-4)
      Self.check(lattice.alignment, lattice.best, lattice.frames, lattice.tokens)
    }
  }

  @Test func noFramesEmitNothing() {
    #expect(TransducerLattice(frames: 0, tokens: 1, durations: []).best == -.infinity)
    #expect(LabelLattice.best([], [], labels: 3) == 0)
    #expect(LabelLattice.best([1], [], labels: 3) == -.infinity)
    #expect(TransducerLattice(frames: 0, tokens: 1, durations: []).alignment == nil)
    #expect(LabelLattice.alignment([1], [], labels: 3) == nil)
  }

  /// All strings of labels that become the tokens once repeats are merged and blanks dropped.
  @Test func theBestWayOfACTCHead() {
    var random = Seeded(12)
    let (labels, blank) = (3, 2)
    for _ in 0..<80 {
      let frames = Int.random(in: 1...6, using: &random)
      let tokens = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        Int.random(in: 0..<blank, using: &random)
      }
      let scores = random.floats(frames * labels, in: -5...0)
      var expected = -Float.infinity
      for number in 0..<Int(pow(3.0, Double(frames))) {
        var (rest, said, last, score) = (number, [Int](), -1, Float(0))
        for frame in 0..<frames {
          let label = rest % labels
          rest /= labels
          score += scores[frame * labels + label]
          if label != blank && label != last { said.append(label) }
          last = label
        }
        if said == tokens { expected = max(expected, score) }
      }
      let found = LabelLattice.best(tokens, scores[...], labels: labels)
      #expect(found == expected || abs(found - expected) < 1e-4)
      let way = LabelLattice.alignment(tokens, scores[...], labels: labels)
      Self.check(way, found, frames, tokens.count)
      #expect(way.map { $0.steps.map(\.frame) == Array(0..<frames) } ?? true)
    }
  }

  /// Whether a way is the best one, and goes through all frames and tokens in order.
  private static func check(_ way: TokenAlignment?, _ best: Float, _ frames: Int, _ tokens: Int) {
    guard tokens > 0, best > -.infinity else {
      #expect(way == nil)
      return
    }
    let steps = way?.steps ?? []
    #expect(abs((way?.score ?? 0) - best) < 1e-3)
    #expect(steps.first?.frame == 0 && steps.first?.token == 0)
    #expect(steps.last.map { $0.token == tokens - 1 && $0.frame < frames } == true)
    #expect(
      zip(steps, steps.dropFirst()).allSatisfy { $0.frame <= $1.frame && $0.token <= $1.token })
  }
}
