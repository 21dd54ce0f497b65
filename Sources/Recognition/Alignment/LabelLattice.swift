/// The ways in which a CTC head may emit given tokens over given frames.
///
/// States are blank, token 0, blank, token 1, …, blank.
package enum LabelLattice {
  /// The score of the best way over all frames (Viterbi); −∞ where there is none.
  ///
  /// - Parameters:
  ///   - tokens: What is emitted.
  ///   - scores: Logarithms of probabilities, `[T, V + 1]`, the blank last.
  ///   - labels: V + 1.
  /// - Returns: The sum along the best way.
  package static func best(_ tokens: [Int], _ scores: ArraySlice<Float>, labels: Int) -> Float {
    var last: [Float] = []
    _ = way(tokens, scores, labels: labels, isKept: false, &last)
    return end(last).map { last[$0] } ?? (tokens.isEmpty ? 0 : -.infinity)
  }

  /// The best way over all frames; nil where there is none.
  ///
  /// - Parameters:
  ///   - tokens: What is emitted, at least one.
  ///   - scores: Logarithms of probabilities, `[T, V + 1]`, the blank last.
  ///   - labels: V + 1.
  /// - Returns: A step for each frame.
  package static func alignment(
    _ tokens: [Int], _ scores: ArraySlice<Float>, labels: Int
  ) -> TokenAlignment? {
    var last: [Float] = []
    let origins = way(tokens, scores, labels: labels, isKept: true, &last)
    guard !tokens.isEmpty, var state = end(last), last[state] > -.infinity else { return nil }
    var steps: [TokenAlignment.Step] = []
    for frame in (0..<origins.count / last.count).reversed() {
      let score = scores[scores.startIndex + frame * labels + label(of: state, tokens, labels)]
      steps.append(
        TokenAlignment.Step(frame: frame, token: min(state / 2, tokens.count - 1), score: score))
      state = Int(origins[frame * last.count + state])
    }
    return TokenAlignment(steps.reversed())
  }

  /// The better of both states in which ways may end; nil without frames.
  private static func end(_ last: [Float]) -> Int? {
    guard last.count > 1 else { return last.indices.last }
    return last[last.count - 1] > last[last.count - 2] ? last.count - 1 : last.count - 2
  }

  private static func label(of state: Int, _ tokens: [Int], _ labels: Int) -> Int {
    state.isMultiple(of: 2) ? labels - 1 : tokens[state / 2]
  }

  /// Scores all states; `last` gets the best score of each at the last frame, nothing without
  /// frames.
  ///
  /// - Returns: Where the best way to each state comes from, `[T, states]`, where that is kept.
  private static func way(
    _ tokens: [Int], _ scores: ArraySlice<Float>, labels: Int, isKept: Bool, _ last: inout [Float]
  ) -> [Int32] {
    let count = 2 * tokens.count + 1
    var origins: [Int32] = []
    var before = [Float](repeating: -.infinity, count: count)
    var now = before
    for start in stride(from: scores.startIndex, to: scores.endIndex, by: labels) {
      let isFirst = start == scores.startIndex
      for state in 0..<count {
        let label = label(of: state, tokens, labels)
        var (best, origin) = (isFirst ? (state < 2 ? 0 : -.infinity) : before[state], state)
        if !isFirst, state > 0, before[state - 1] > best {
          (best, origin) = (before[state - 1], state - 1)
        }
        if !isFirst, state > 2, !state.isMultiple(of: 2), tokens[state / 2 - 1] != label,
          before[state - 2] > best
        {
          (best, origin) = (before[state - 2], state - 2)
        }
        now[state] = best + scores[start + label]
        if isKept { origins.append(Int32(origin)) }
      }
      swap(&before, &now)
    }
    last = scores.isEmpty ? [] : before
    return origins
  }
}
