/// How many terms are written.
package struct WrittenTerms: Equatable, Sendable {
  /// Those that stand where they were said.
  package internal(set) var right = 0
  /// Those that stand where they were not.
  package internal(set) var wrong = 0
}

/// Terms that were said against terms that were written.
struct TermScore {
  /// Counting only what is spelled as the list has it, case included.
  private(set) var exact = WrittenTerms()
  /// Counting any case.
  private(set) var folded = WrittenTerms()
  /// Words of right terms, in the text.
  private(set) var rightWords: [Range<Int>] = []
  /// Spellings of wrong terms.
  private(set) var wrongTerms: [String] = []

  /// Compares by place.
  ///
  /// - Parameters:
  ///   - said: The terms of the reference.
  ///   - written: The terms of the text.
  ///   - alignment: The reference with the text.
  init(said: [TermOccurrence], written: [TermOccurrence], _ alignment: Alignment) {
    var places: [Int: Int] = [:]
    for step in alignment.steps {
      switch step {
      case .match(let reference, let hypothesis), .substitution(let reference, let hypothesis):
        places[hypothesis] = reference
      case .insertion, .deletion: break
      }
    }
    let byStart = Dictionary(said.map { ($0.words.lowerBound, $0) }) { first, _ in first }
    for occurrence in written {
      let there = places[occurrence.words.lowerBound].flatMap { byStart[$0] }
      let isRight =
        there?.term.folded == occurrence.term.folded
        && there?.words.upperBound == places[occurrence.words.upperBound - 1].map { $0 + 1 }
      if isRight {
        folded.right += 1
        rightWords.append(occurrence.words)
      } else {
        folded.wrong += 1
      }
      guard occurrence.isExact else { continue }
      if isRight, there?.term == occurrence.term {
        exact.right += 1
      } else {
        exact.wrong += 1
        wrongTerms.append(occurrence.term.spelling)
      }
    }
  }
}
