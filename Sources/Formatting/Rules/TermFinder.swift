internal import Vocabulary

/// A term at a place, and what is written for it.
struct FoundTerm: Sendable {
  /// The words that say it.
  let count: Int
  /// Its spelling, with the marks before the words and without those behind them.
  let text: String
  /// The term's spelling, without marks.
  let spelling: String
}

/// Finds terms of the vocabulary among words that come one after the other.
struct TermFinder: Sendable {
  private let matcher: TermMatcher

  /// More words than a form can have.
  private static let longest = ListLimits.tokens + 1

  init(_ matcher: TermMatcher) { self.matcher = matcher }

  /// The longest term that begins at a place.
  ///
  /// - Parameters:
  ///   - reader: Words.
  ///   - start: The place.
  ///   - isGuarded: Whether ordinary English is left alone.
  /// - Returns: nil where none begins there.
  /// - Throws: `Undecided` where a longer one may be on its way.
  func term(
    _ reader: WordReader, at start: Int = 0, isGuarded: Bool = true
  ) throws(Undecided) -> FoundTerm? {
    guard try reader.word(start) != nil else { return nil }
    let rest = reader.from(start)
    let words = rest.inReach.prefix(Self.longest).map(\.text)
    if rest.mayGoOn, matcher.isBeginning(words) { throw Undecided() }
    guard let match = matcher.longestMatch(at: 0, in: words, isGuarded: isGuarded) else {
      return nil
    }
    let mark = reader.last(of: start + match.words.count).mark
    let text = match.written
    let unmarked = text.hasSuffix(mark) ? String(text.dropLast(mark.count)) : text
    return FoundTerm(count: match.words.count, text: unmarked, spelling: match.spelling)
  }
}
