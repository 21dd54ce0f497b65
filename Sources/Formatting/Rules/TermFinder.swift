internal import Vocabulary

/// A term at a place, and what is written for it.
struct FoundTerm: Sendable {
  /// The words that say it.
  let count: Int
  /// Its spelling, with the marks before the words and without those behind them.
  let text: String
  /// The term's spelling, without marks.
  let spelling: String

  /// A match among words.
  fileprivate init(_ match: TermMatch, mark: String) {
    self.init(match.words.count, match.spelling, written: match.written, mark: mark)
  }

  /// What the audio makes of some words.
  fileprivate init(_ count: Int, _ term: JudgedTerm, mark: String) {
    self.init(count, term.spelling, written: term.written, mark: mark)
  }

  private init(_ count: Int, _ spelling: String, written: String, mark: String) {
    (self.count, self.spelling) = (count, spelling)
    text = written.hasSuffix(mark) ? String(written.dropLast(mark.count)) : written
  }
}

/// Finds terms of the vocabulary among words that wait; at each place it looks once, whoever asks.
final class TermFinder {
  private let matcher: TermMatcher
  /// What is known, by the place of the first word.
  private var found: [Int: Result<FoundTerm?, Undecided>] = [:]

  /// More words than a form can have.
  private static let longest = ListLimits.tokens + 1

  /// Finds terms for as long as no word comes and none goes.
  init(_ matcher: TermMatcher) { self.matcher = matcher }

  /// The longest term that the first word begins.
  ///
  /// - Parameters:
  ///   - reader: Words.
  ///   - isGuarded: Whether ordinary English is left alone.
  /// - Returns: nil where none begins there.
  /// - Throws: `Undecided` where a longer one may be on its way.
  func term(_ reader: WordReader, isGuarded: Bool) throws(Undecided) -> FoundTerm? {
    if case .first(let count, let term) = reader.first.judged, reader.inReach.count >= count {
      return FoundTerm(count, term, mark: reader.last(of: count).mark)
    }
    guard reader.first.mayBeginTerm else { return nil }
    // What a command asks for is asked once.
    guard isGuarded else { return try look(reader, isGuarded: false).get() }
    if let known = found[reader.place] { return try known.get() }
    let term = look(reader, isGuarded: true)
    found[reader.place] = term
    return try term.get()
  }

  private func look(_ reader: WordReader, isGuarded: Bool) -> Result<FoundTerm?, Undecided> {
    // What the audio made of words belongs to no other term.
    let inReach = reader.inReach.prefix(Self.longest)
    let end = inReach.dropFirst().firstIndex { $0.judged != nil } ?? inReach.endIndex
    let folded = inReach[..<end].compactMap(\.folded)
    let mayGoOn = end == inReach.endIndex && reader.mayGoOn
    switch matcher.beginning(of: folded, mayGoOn: mayGoOn, isGuarded: isGuarded) {
    case .open: return .failure(Undecided())
    case .none: return .success(nil)
    case .term(let match):
      return .success(FoundTerm(match, mark: reader.last(of: match.words.count).mark))
    }
  }
}
