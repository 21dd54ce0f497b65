/// A word in whose place the audio says a term, alone or with others.
enum JudgedWord: Sendable, Equatable {
  /// The first of so many words, and what is written for them; few are, and all have room for it.
  indirect case first(count: Int, JudgedTerm)
  /// One of those behind it.
  case rest

  /// Marks the words of terms.
  ///
  /// - Parameters:
  ///   - words: Words of a text.
  ///   - terms: Terms that take the place of whole words; others are left out.
  ///   - places: The tokens of each word.
  static func mark(_ words: inout [SpokenWord], _ terms: [JudgedTerm], places: [Range<Int>]) {
    for term in terms {
      guard let first = places.firstIndex(where: { $0.lowerBound == term.tokens.lowerBound }),
        let last = places.firstIndex(where: { $0.upperBound == term.tokens.upperBound }),
        first <= last
      else { continue }
      words[first].judged = .first(count: last - first + 1, term)
      for index in (first + 1)..<max(first + 1, last + 1) { words[index].judged = .rest }
    }
  }
}
