/// How one sequence of words becomes another one.
struct Alignment {
  /// What happens to a word.
  enum Step: Equatable {
    /// The same word in both.
    case match(reference: Int, hypothesis: Int)
    /// Another word in its place.
    case substitution(reference: Int, hypothesis: Int)
    /// A word that only the hypothesis has.
    case insertion(hypothesis: Int)
    /// A word that only the reference has.
    case deletion(reference: Int)
  }

  /// From the first words to the last.
  let steps: [Step]

  init(steps: [Step]) { self.steps = steps }

  // NIST's costs: two words that match are worth an insertion and a deletion more than two
  // substitutions, though these are as many edits.
  private static let gapCost: Int32 = 3
  private static let substitutionCost: Int32 = 4

  enum Move: UInt8 {
    case both, insertion, deletion
  }

  /// Aligns words with the least cost, as NIST's sclite and Facebook's `score.py` do.
  ///
  /// Of equal costs a substitution is taken before an insertion, and that before a deletion.
  ///
  /// - Complexity: The product of both lengths, in time and in bytes.
  init(_ reference: [String], _ hypothesis: [String]) {
    let numbers = WordNumbers(reference, hypothesis)
    let (rows, columns) = (reference.count + 1, hypothesis.count + 1)
    var moves = [UInt8](repeating: Move.insertion.rawValue, count: rows * columns)
    var costs = (0..<columns).map { Int32($0) * Self.gapCost }
    for row in 1..<max(rows, 1) {
      var diagonal = costs[0]
      costs[0] += Self.gapCost
      moves[row * columns] = Move.deletion.rawValue
      for column in 1..<max(columns, 1) {
        let same = numbers.reference[row - 1] == numbers.hypothesis[column - 1]
        var (best, move) = (diagonal + (same ? 0 : Self.substitutionCost), Move.both)
        let insertion = costs[column - 1] + Self.gapCost
        if insertion < best { (best, move) = (insertion, .insertion) }
        let deletion = costs[column] + Self.gapCost
        if deletion < best { (best, move) = (deletion, .deletion) }
        diagonal = costs[column]
        costs[column] = best
        moves[row * columns + column] = move.rawValue
      }
    }
    steps = Self.walk(back: moves, numbers, columns: columns)
  }

  static func walk(
    back moves: [UInt8], _ numbers: WordNumbers, columns: Int
  ) -> [Step] {
    var steps: [Step] = []
    var (row, column) = (numbers.reference.count, numbers.hypothesis.count)
    while row > 0 || column > 0 {
      switch Move(rawValue: moves[row * columns + column]) {
      case .insertion:
        column -= 1
        steps.append(.insertion(hypothesis: column))
      case .deletion:
        row -= 1
        steps.append(.deletion(reference: row))
      default:
        (row, column) = (row - 1, column - 1)
        steps.append(
          numbers.reference[row] == numbers.hypothesis[column]
            ? .match(reference: row, hypothesis: column)
            : .substitution(reference: row, hypothesis: column))
      }
    }
    return steps.reversed()
  }
}

/// Words as numbers, which compare faster.
struct WordNumbers {
  let reference: [Int32]
  let hypothesis: [Int32]

  init(_ reference: [String], _ hypothesis: [String]) {
    var numbers: [String: Int32] = [:]
    func number(_ word: String) -> Int32 {
      if let known = numbers[word] { return known }
      let new = Int32(numbers.count)
      numbers[word] = new
      return new
    }
    self.reference = reference.map(number)
    self.hypothesis = hypothesis.map(number)
  }
}
