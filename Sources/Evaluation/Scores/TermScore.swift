/// How many terms are written.
package struct WrittenTerms: Equatable, Sendable {
  /// Those that stand where they were said.
  package internal(set) var right = 0
  /// Those that stand where they were not.
  package internal(set) var wrong = 0
}

/// Terms that were said against terms that were written.
struct TermScore {
  private(set) var written = WrittenTerms()
  /// Words of right terms, in the text.
  private(set) var rightWords: [Range<Int>] = []
  /// Spellings of wrong terms.
  private(set) var wrongTerms: [String] = []

  /// Compares by place.
  ///
  /// - Parameters:
  ///   - said: The terms of the reference.
  ///   - occurrences: The terms of the text.
  ///   - alignment: The reference with the text.
  ///   - anyCase: Whether any spelling of a term's words will do.
  init(
    said: [TermOccurrence], written occurrences: [TermOccurrence], _ alignment: Alignment,
    anyCase: Bool
  ) {
    var places: [Int: Int] = [:]
    for step in alignment.steps {
      if let reference = step.reference, let word = step.hypothesis { places[word] = reference }
    }
    let byStart = Dictionary(said.map { ($0.words.lowerBound, $0) }) { first, _ in first }
    for occurrence in occurrences {
      let there = places[occurrence.words.lowerBound].flatMap { byStart[$0] }
      if let there,
        anyCase
          ? there.term.folded == occurrence.term.folded
          : there.term.exact == occurrence.term.exact,
        places[occurrence.words.upperBound - 1] == there.words.upperBound - 1
      {
        written.right += 1
        rightWords.append(occurrence.words)
      } else {
        written.wrong += 1
        wrongTerms.append(occurrence.term.spelling)
      }
    }
  }
}
