/// The ways in which a CTC head may emit given tokens over given frames.
package enum LabelLattice {
  /// The score of the best way over all frames (Viterbi); −∞ where there is none.
  ///
  /// - Parameters:
  ///   - tokens: What is emitted.
  ///   - scores: Logarithms of probabilities, `[T, V + 1]`, the blank last.
  ///   - labels: V + 1.
  /// - Returns: The sum along the best way.
  package static func best(_ tokens: [Int], _ scores: ArraySlice<Float>, labels: Int) -> Float {
    // States: blank, token 0, blank, token 1, …, blank.
    let count = 2 * tokens.count + 1
    var before = [Float](repeating: -.infinity, count: count)
    before[0] = 0
    var isFirst = true
    for start in stride(from: scores.startIndex, to: scores.endIndex, by: labels) {
      var now = [Float](repeating: -.infinity, count: count)
      for state in 0..<count {
        let token = state.isMultiple(of: 2) ? labels - 1 : tokens[state / 2]
        var best = isFirst ? (state < 2 ? 0 : -.infinity) : before[state]
        if !isFirst, state > 0 { best = max(best, before[state - 1]) }
        if !isFirst, state > 2, !state.isMultiple(of: 2), tokens[state / 2 - 1] != token {
          best = max(best, before[state - 2])
        }
        now[state] = best + scores[start + token]
      }
      (before, isFirst) = (now, false)
    }
    if isFirst { return tokens.isEmpty ? 0 : -.infinity }
    return count == 1 ? before[0] : max(before[count - 1], before[count - 2])
  }
}
