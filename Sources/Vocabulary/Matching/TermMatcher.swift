/// Finds spoken terms among the words of a transcript, by their spoken forms alone.
///
/// Words are compared as they sound when they are read: without capitals, marks and the spaces
/// between them. A match begins and ends where words do, the longest one from the first word on
/// wins, and its words belong to no other match. Immutable, so that threads may share it.
package struct TermMatcher: Sendable {
  /// The terms, as they were given.
  package let terms: [Term]
  private let table: FormTable
  private let marked: MarkedSpellings

  /// Finds the given terms.
  ///
  /// - Parameter terms: In any order; the same term may come more than once.
  package init(_ terms: [Term]) {
    self.terms = terms
    table = FormTable(terms)
    marked = MarkedSpellings(terms)
  }

  /// All matches.
  ///
  /// - Parameter words: Words as a model writes them, with the marks that hang on them.
  /// - Returns: Matches from the first to the last; they have no word in common.
  package func matches(in words: [String]) -> [TermMatch] {
    guard !table.isEmpty else { return [] }
    let folded = words.map(FoldedWord.init)
    var matches: [TermMatch] = []
    var index = 0
    while index < folded.count {
      if let match = longestMatch(at: index, in: folded, isGuarded: true) {
        matches.append(match)
        index = match.words.upperBound
      } else {
        index += 1
      }
    }
    return matches
  }

  /// The longest match from a word on.
  ///
  /// - Parameters:
  ///   - index: The first word.
  ///   - words: Words as a model writes them.
  ///   - isGuarded: Whether ordinary English is left alone; a command that asks for a term lifts
  ///     that.
  /// - Returns: The match; nil where there is none.
  package func longestMatch(
    at index: Int, in words: [String], isGuarded: Bool = true
  ) -> TermMatch? {
    guard !table.isEmpty else { return nil }
    // Seldom does anybody look further than at the first word.
    return longestMatch(
      at: index, in: words.lazy.map { FoldedWord($0) }, isGuarded: isGuarded)
  }

  /// Whether words are the beginning of a term that is not all said.
  ///
  /// - Parameter words: Words as a model writes them.
  /// - Returns: Whether what follows could make a term of all of them.
  package func isBeginning(_ words: [String]) -> Bool {
    !words.isEmpty && isOpen(words.lazy.map { FoldedWord($0) })
  }

  /// How many of the last words may be the beginning of a term that is not all said.
  ///
  /// The words before them can be settled: whatever follows, their matches stay.
  ///
  /// - Parameter words: Words up to now, beginning where no term is under way.
  /// - Returns: 0 where nothing that follows could change them.
  package func openWords(_ words: [String]) -> Int {
    guard !table.isEmpty else { return 0 }
    let folded = words.map(FoldedWord.init)
    var index = 0
    while index < folded.count {
      if isOpen(folded[index...]) { return folded.count - index }
      let match = longestMatch(at: index, in: folded, isGuarded: true)
      index = match?.words.upperBound ?? index + 1
    }
    return 0
  }

  /// The words with every match written as its term is spelled; each match is one word then.
  ///
  /// - Parameter words: Words as a model writes them.
  /// - Returns: As many words or fewer.
  package func replacingTerms(in words: [String]) -> [String] {
    var result: [String] = []
    var index = 0
    for match in matches(in: words) {
      result += words[index..<match.words.lowerBound]
      result.append(match.written)
      index = match.words.upperBound
    }
    return result + words[index...]
  }

  private func isOpen(_ words: some Collection<FoldedWord>) -> Bool {
    var cursor = FormCursor()
    for (offset, word) in words.enumerated() {
      guard !word.key.isEmpty, word.mayGoOn, offset == 0 || word.mayContinue else { return false }
      cursor.append(word.key)
      guard table.hasForms(from: cursor) else { return false }
    }
    return true
  }

  private func longestMatch<FoldedWords: RandomAccessCollection>(
    at first: Int, in words: FoldedWords, isGuarded: Bool
  ) -> TermMatch? where FoldedWords.Element == FoldedWord, FoldedWords.Index == Int {
    var cursor = FormCursor()
    var best: TermMatch?
    for index in first..<words.endIndex {
      let word = words[index]
      guard !word.key.isEmpty, index == first || word.mayContinue else { break }
      let before = cursor
      cursor.append(word.key)
      if let match = match(first..<index + 1, words, cursor, isGuarded: isGuarded) {
        best = match
      } else if let possessor = word.possessor, !possessor.isEmpty {
        var stem = before
        stem.append(possessor)
        best =
          match(first..<index + 1, words, stem, isGuarded: isGuarded, isPossessive: true) ?? best
      }
      guard word.mayGoOn, table.hasForms(from: cursor) else { break }
    }
    return best
  }

  private func match<FoldedWords: RandomAccessCollection>(
    _ range: Range<Int>, _ words: FoldedWords,
    _ cursor: FormCursor, isGuarded: Bool, isPossessive: Bool = false
  ) -> TermMatch? where FoldedWords.Element == FoldedWord, FoldedWords.Index == Int {
    let (first, last) = (words[range.lowerBound], words[range.upperBound - 1])
    let spelling = range.count > 1 ? nil : isPossessive ? first.core.dropLast(2) : first.core
    guard let term = table.term(cursor, spelling: spelling, isGuarded: isGuarded),
      spelling == nil || !marked.contain(first, isPossessive: isPossessive)
    else { return nil }
    return TermMatch(
      term: terms[term], words: range,
      written: Replacement(terms[term], first: first, last: last, isPossessive: isPossessive).text)
  }
}
