/// The ways in which a transducer may emit given tokens over given frames.
///
/// Node `(t, u)` is frame `t` after `u` tokens. From there a blank leads `d` frames on, and token
/// `u` leads `d` frames on and to `u + 1`; every step pays the logarithms of its label's and of its
/// duration's probability. Ways end behind the last frame with all tokens emitted. No step leads to
/// fewer tokens, so that nodes can be passed by their tokens.
package struct TransducerLattice {
  /// Frames, T, and tokens, U.
  package let frames, tokens: Int
  /// Frames that each duration stands for; empty for RNN-T, where a blank takes one frame and a
  /// token none.
  package let durations: [Int]
  /// Logarithms of probabilities at node `(t, u)`, index `u · T + t`: the blank's and token `u`'s.
  package var blanks, labels: [Float]
  /// Logarithms of the durations' probabilities, index `(u · T + t) · durations.count + d`.
  package var lengths: [Float]

  /// The best score of each node, as far as nodes were passed, and behind the last frame with all
  /// tokens.
  private var arrivals: [Float]
  private(set) var end = -Float.infinity

  /// A lattice without scores.
  package init(frames: Int, tokens: Int, durations: [Int]) {
    (self.frames, self.tokens, self.durations) = (frames, tokens, durations)
    let nodes = frames * (tokens + 1)
    blanks = [Float](repeating: 0, count: nodes)
    labels = [Float](repeating: 0, count: nodes)
    lengths = [Float](repeating: 0, count: nodes * durations.count)
    arrivals = [Float](repeating: -.infinity, count: nodes)
    if frames > 0 { arrivals[0] = 0 }
  }

  /// The score of the best way (Viterbi); −∞ where there is none.
  package var best: Float { passed.end }

  /// The best way; nil where there is none, or no token.
  package var alignment: TokenAlignment? {
    let passed = passed
    guard passed.end > -.infinity, tokens > 0 else { return nil }
    var steps: [TokenAlignment.Step] = []
    // From the end back, always to where the best score came from.
    var (place, score) = ((frame: frames, count: tokens), passed.end)
    while place != (0, 0) {
      guard let origin = passed.origin(of: place, score) else { return nil }
      let before = passed.arrivals[origin.count * frames + origin.frame]
      steps.append(
        TokenAlignment.Step(
          frame: origin.frame, token: min(origin.count, tokens - 1), score: score - before))
      (place, score) = (origin, before)
    }
    return TokenAlignment(steps.reversed())
  }

  /// The lattice with all nodes passed.
  private var passed: TransducerLattice {
    var lattice = self
    for count in 0...tokens { lattice.pass(count) }
    return lattice
  }

  /// Takes the steps from all nodes after so many tokens, whose scores are known.
  ///
  /// - Parameter count: Tokens, one more than at the last call.
  /// - Returns: What no way exceeds: the best score of one of these nodes and, of the last ones,
  ///   that of the end, to which the last token may lead past them.
  @discardableResult
  mutating func pass(_ count: Int) -> Float {
    var best = -Float.infinity
    for frame in 0..<frames {
      let score = arrivals[count * frames + frame]
      guard score > -.infinity else { continue }
      best = max(best, score)
      forEachStep(from: frame, count) { next, after, step, lattice in
        if next < lattice.frames {
          let node = after * lattice.frames + next
          lattice.arrivals[node] = max(lattice.arrivals[node], score + step)
        } else if after == lattice.tokens {
          lattice.end = max(lattice.end, score + step)
        }
      }
    }
    return count == tokens ? end : best
  }

  /// A node from which a step leads to a place, or behind the last frame, with its score.
  private func origin(
    of place: (frame: Int, count: Int), _ score: Float
  ) -> (frame: Int, count: Int)? {
    var lattice = self
    for frame in (0...min(place.frame, frames - 1)).reversed() {
      for count in [place.count, place.count - 1] where count >= 0 {
        let arrival = arrivals[count * frames + frame]
        guard arrival > -.infinity else { continue }
        var isOrigin = false
        lattice.forEachStep(from: frame, count) { next, after, step, lattice in
          if min(next, lattice.frames) == place.frame, after == place.count,
            arrival + step == score
          {
            isOrigin = true
          }
        }
        if isOrigin { return (frame, count) }
      }
    }
    return nil
  }

  /// Calls a function with every step from a node: where it leads, and what it pays.
  @inline(__always) private mutating func forEachStep(
    from frame: Int, _ count: Int,
    _ body: (_ frame: Int, _ count: Int, _ score: Float, inout TransducerLattice) -> Void
  ) {
    let node = count * frames + frame
    let (blank, label) = (blanks[node], labels[node])
    if durations.isEmpty {
      body(frame + 1, count, blank, &self)
      if count < tokens { body(frame, count + 1, label, &self) }
    }
    for index in 0..<durations.count {
      let duration = durations[index]
      let length = lengths[node * durations.count + index]
      if duration > 0 { body(frame + duration, count, blank + length, &self) }
      if count < tokens { body(frame + duration, count + 1, label + length, &self) }
    }
  }
}
