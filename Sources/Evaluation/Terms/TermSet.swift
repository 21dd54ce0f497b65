/// Spellings of terms, to be found among words.
package struct TermSet: Sendable {
  /// A spelling, cut at its spaces.
  struct Term: Hashable {
    let spelling: String
    let exact: [String]
    let folded: [String]
  }

  /// Terms that came together.
  private struct Layer {
    let terms: [Term]
    /// By first word in lower case.
    let byFirstWord: [String: [Int]]
    /// All words of all terms, in lower case.
    let words: Set<String>
  }

  private var layers: [Layer] = []
  private var spellings: [Set<String>] = []

  /// How many spellings there are.
  package var count: Int { spellings.reduce(0) { $0 + $1.count } }

  /// Creates a set; order and repetitions do not matter.
  package init(_ spellings: [String]) { add(spellings) }

  /// The set with more spellings; takes time for these alone.
  package func adding(_ spellings: [String]) -> TermSet {
    var larger = self
    larger.add(spellings)
    return larger
  }

  private mutating func add(_ added: [String]) {
    var new: Set<String> = []
    let terms: [Term] = added.compactMap { spelling in
      let exact = WordSplitter.withPlainApostrophes(spelling)
        .split(whereSeparator: \.isWhitespace).map(String.init)
      guard !exact.isEmpty, !spellings.contains(where: { $0.contains(spelling) }),
        new.insert(spelling).inserted
      else { return nil }
      return Term(spelling: spelling, exact: exact, folded: exact.map { $0.lowercased() })
    }
    spellings.append(new)
    layers.append(
      Layer(
        terms: terms, byFirstWord: Dictionary(grouping: terms.indices) { terms[$0].folded[0] },
        words: Set(terms.flatMap(\.folded))))
  }

  /// Whether a term has this word, in any case.
  func hasWord(_ word: Substring) -> Bool {
    let folded = word.lowercased()
    return layers.contains { $0.words.contains(folded) }
  }

  /// How often each term stands in a text.
  package func counts(in text: String) -> [String: Int] {
    occurrences(in: WordSplitter(self).words(of: text), anyCase: false)
      .reduce(into: [:]) { $0[$1.term.spelling, default: 0] += 1 }
  }

  /// The terms among words, from left to right, the longest at each place.
  ///
  /// A last word may carry "'s".
  ///
  /// - Parameters:
  ///   - words: Where to look.
  ///   - anyCase: Whether case does not matter. Otherwise words that differ from a term by case
  ///     alone, as "go" does from Go, are other words.
  /// - Returns: Terms that have no word in common.
  func occurrences(in words: [SpelledWord], anyCase: Bool) -> [TermOccurrence] {
    var found: [TermOccurrence] = []
    var start = 0
    while start < words.count {
      if let next = occurrence(in: words, at: start, anyCase: anyCase) {
        found.append(next)
        start = next.words.upperBound
      } else {
        start += 1
      }
    }
    return found
  }

  private func occurrence(
    in words: [SpelledWord], at start: Int, anyCase: Bool
  ) -> TermOccurrence? {
    let first = words[start].folded
    let bare = Self.bare(first)
    var best: TermOccurrence?
    for term in terms(from: first) + (first == bare ? [] : terms(from: bare)) {
      let range = start..<start + term.exact.count
      guard range.upperBound <= words.count, range.count > best?.words.count ?? 0 else { continue }
      let isThere =
        anyCase
        ? Self.equal(words[range].map(\.folded), term.folded)
        : Self.equal(words[range].map(\.exact), term.exact)
      if isThere { best = TermOccurrence(term: term, words: range) }
    }
    return best
  }

  private func terms(from first: String) -> [Term] {
    layers.flatMap { layer in layer.byFirstWord[first, default: []].map { layer.terms[$0] } }
  }

  private static func equal(_ words: [String], _ term: [String]) -> Bool {
    words.dropLast().elementsEqual(term.dropLast())
      && (words.last == term.last || words.last.map(bare) == term.last)
  }

  private static func bare(_ word: String) -> String {
    word.hasSuffix("'s") ? String(word.dropLast(2)) : word
  }
}

/// A term where it stands.
struct TermOccurrence: Equatable {
  let term: TermSet.Term
  /// Its words.
  let words: Range<Int>
}
