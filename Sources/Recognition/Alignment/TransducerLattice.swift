/// The ways in which a transducer may emit given tokens over given frames.
///
/// Node `(t, u)` is frame `t` after `u` tokens. From there a blank leads `d` frames on, and token
/// `u` leads `d` frames on and to `u + 1`; every step pays the logarithms of its label's and of its
/// duration's probability. Ways end behind the last frame with all tokens emitted.
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

  /// A lattice without scores.
  package init(frames: Int, tokens: Int, durations: [Int]) {
    (self.frames, self.tokens, self.durations) = (frames, tokens, durations)
    let nodes = frames * (tokens + 1)
    blanks = [Float](repeating: 0, count: nodes)
    labels = [Float](repeating: 0, count: nodes)
    lengths = [Float](repeating: 0, count: nodes * durations.count)
  }

  /// The score of the best way (Viterbi); −∞ where there is none.
  package var best: Float {
    var arrivals = [Float](repeating: -.infinity, count: frames * (tokens + 1))
    var end = -Float.infinity
    if frames > 0 { arrivals[0] = 0 }
    func reach(_ frame: Int, _ count: Int, _ score: Float) {
      if frame < frames {
        let node = count * frames + frame
        arrivals[node] = max(arrivals[node], score)
      } else if count == tokens {
        end = max(end, score)
      }
    }
    // A token of duration 0 stays on its frame, so that frames come first.
    for frame in 0..<frames {
      for count in 0...tokens {
        let node = count * frames + frame
        let score = arrivals[node]
        guard score > -.infinity else { continue }
        if durations.isEmpty {
          reach(frame + 1, count, score + blanks[node])
          if count < tokens { reach(frame, count + 1, score + labels[node]) }
        }
        for (index, duration) in durations.enumerated() {
          let length = lengths[node * durations.count + index]
          if duration > 0 { reach(frame + duration, count, score + blanks[node] + length) }
          if count < tokens { reach(frame + duration, count + 1, score + labels[node] + length) }
        }
      }
    }
    return end
  }
}
