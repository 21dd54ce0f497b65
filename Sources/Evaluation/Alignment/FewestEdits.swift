extension Alignment {
  /// Aligns words with the fewest edits, as jiwer does: what word error rates count.
  ///
  /// Of several such alignments this is the one that jiwer shows, so that insertions, deletions and
  /// substitutions are the same too.
  ///
  /// - Complexity: The product of both lengths, in time and in bytes.
  init(fewestEdits reference: [String], _ hypothesis: [String]) {
    // What is the same at both ends is no matter of choice.
    let first = zip(reference, hypothesis).prefix { $0 == $1 }.count
    let last = zip(reference.dropFirst(first).reversed(), hypothesis.dropFirst(first).reversed())
      .prefix { $0 == $1 }.count
    let numbers = WordNumbers(
      Array(reference.dropFirst(first).dropLast(last)),
      Array(hypothesis.dropFirst(first).dropLast(last)))
    let columns = numbers.hypothesis.count + 1
    let middle = Self.walk(back: Self.moves(numbers), numbers, columns: columns)
    let ends = (reference.count - last, hypothesis.count - last)
    self.init(
      steps: (0..<first).map { .match(reference: $0, hypothesis: $0) }
        + middle.map { $0.behind(first) }
        + (0..<last).map { .match(reference: ends.0 + $0, hypothesis: ends.1 + $0) })
  }

  /// The last move of the best way to each pair of places.
  private static func moves(_ numbers: WordNumbers) -> [UInt8] {
    let columns = numbers.hypothesis.count + 1
    var moves = [UInt8](
      repeating: Move.insertion.rawValue, count: (numbers.reference.count + 1) * columns)
    var edits = Array(0..<Int32(columns))
    for (index, word) in numbers.reference.enumerated() {
      let row = (index + 1) * columns
      var diagonal = edits[0]
      edits[0] += 1
      moves[row] = Move.deletion.rawValue
      for column in 1..<max(columns, 1) {
        let (above, left) = (edits[column], edits[column - 1])
        let same = word == numbers.hypothesis[column - 1]
        let best = min(diagonal + (same ? 0 : 1), above + 1, left + 1)
        let move: Move =
          if best == above + 1 {
            .deletion
          } else if left < diagonal {
            .insertion
          } else {
            .both
          }
        moves[row + column] = move.rawValue
        edits[column] = best
        diagonal = above
      }
    }
    return moves
  }
}

extension Alignment.Step {
  /// The same so many words later in both.
  fileprivate func behind(_ count: Int) -> Alignment.Step {
    switch self {
    case .match(let word, let other):
      .match(reference: word + count, hypothesis: other + count)
    case .substitution(let word, let other):
      .substitution(reference: word + count, hypothesis: other + count)
    case .insertion(let other): .insertion(hypothesis: other + count)
    case .deletion(let word): .deletion(reference: word + count)
    }
  }
}
