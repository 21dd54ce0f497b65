/// Finds spoken terms among the words of a transcript, by their spoken forms alone.
///
/// Words are compared as they sound when they are read: without capitals, marks and the spaces
/// between them. A match begins and ends where words do, the longest one from the first word on
/// wins, and its words belong to no other match. A term may be a word of a longer one: where `json`
/// is written for "jason", "user jason" says what "user json" says. So whoever reads a text again
/// in which terms are written finds nothing more to write. Immutable, so that threads may share it.
package struct TermMatcher: Sendable {
  let tables: [FormTable]

  /// Finds the given terms.
  ///
  /// - Parameter terms: In any order; the same term may come more than once.
  package init(_ terms: [Term]) {
    let byOrigin = Dictionary(grouping: terms, by: \.origin)
    self.init(byOrigin.map { FormTable($1, origin: $0) })
  }

  init(_ tables: [FormTable]) { self.tables = tables.filter { !$0.isEmpty } }

  /// Whether there is nothing to find.
  package var isEmpty: Bool { tables.isEmpty }

  /// All matches.
  ///
  /// - Parameter words: Words as a model writes them, with the marks that hang on them.
  /// - Returns: Matches from the first to the last; they have no word in common.
  package func matches(in words: [String]) -> [TermMatch] {
    guard !isEmpty else { return [] }
    var search = TermSearch(self, words.map(FoldedWord.init), isGuarded: true)
    var matches: [TermMatch] = []
    var index = 0
    while index < words.count {
      if let match = search.longestMatch(at: index) {
        matches.append(match)
        index = match.words.upperBound
      } else {
        index += 1
      }
    }
    return matches
  }

  /// Whether a term may begin with a word, or be it: of nearly all words none does.
  package func mayBegin(with word: FoldedWord) -> Bool {
    if isEmpty { return false }
    guard !word.key.isEmpty, word.mayGoOn, word.stem == nil else { return true }
    return hasKey(word.hash) || hasForms(from: word.hash)
  }

  /// What the first of some words begins.
  package enum Beginning: Equatable, Sendable {
    /// The longest match.
    case term(TermMatch)
    /// All words may be the beginning of a term that is not all said.
    case open
    /// Nothing.
    case none
  }

  /// Looks what the first of some words begins.
  ///
  /// - Parameters:
  ///   - words: Words.
  ///   - mayGoOn: Whether more words may follow, which could make a term of all of them.
  ///   - isGuarded: Whether ordinary English is left alone; a command that asks for a term lifts
  ///     that.
  /// - Returns: What was found.
  package func beginning(
    of words: [FoldedWord], mayGoOn: Bool, isGuarded: Bool = true
  ) -> Beginning {
    guard !isEmpty, !words.isEmpty else { return .none }
    var search = TermSearch(self, words, isGuarded: true)
    if mayGoOn, search.isOpen(from: 0) { return .open }
    if !isGuarded { search = TermSearch(self, words, isGuarded: false) }
    return search.longestMatch(at: 0).map { .term($0) } ?? .none
  }

  /// How many of the last words may be the beginning of a term that is not all said.
  ///
  /// The words before them can be settled: whatever follows, their matches stay.
  ///
  /// - Parameter words: Words up to now, beginning where no term is under way.
  /// - Returns: 0 where nothing that follows could change them.
  package func openWords(_ words: [String]) -> Int {
    guard !isEmpty else { return 0 }
    var search = TermSearch(self, words.map(FoldedWord.init), isGuarded: true)
    var index = 0
    while index < words.count {
      if search.isOpen(from: index) { return words.count - index }
      index = search.longestMatch(at: index)?.words.upperBound ?? index + 1
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

  // MARK: - For a search

  /// Whether words that have a hash may be a form.
  func hasKey(_ hash: UInt64) -> Bool { tables.contains { $0.keys[hash] != nil } }

  /// Whether some form begins with words that have a hash, and goes on after them.
  func hasForms(from hash: UInt64) -> Bool { tables.contains { $0.hasForms(from: hash) } }

  /// The term that is written for words.
  func choice(
    for cursor: FormCursor, spelling: Substring?, isGuarded: Bool
  ) -> TermChoice {
    var choice = TermChoice()
    for table in tables {
      table.look(for: cursor, spelling: spelling, isGuarded: isGuarded, &choice)
    }
    return choice
  }

  /// Whether a word is spelled like a term with marks, to the byte.
  func isMarkedSpelling(_ word: FoldedWord) -> Bool {
    tables.contains { $0.isMarkedSpelling(word) }
  }
}
