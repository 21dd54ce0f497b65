/// Looks for terms among some words, and remembers what it found.
struct TermSearch {
  /// Words that are run together to a key.
  fileprivate struct Path {
    var cursor = FormCursor()
    /// The first of the words, and how many they are.
    var first: FoldedWord?
    var count = 0
    /// The word of the transcript behind them.
    var end: Int
    /// Whether some of them, and not all, are what a term is spelled with.
    var isCut = false
  }

  private let matcher: TermMatcher
  private let words: [FoldedWord]
  private let isGuarded: Bool
  private var matches: [Int: TermMatch?] = [:]
  private var open: [Int: Bool] = [:]

  init(_ matcher: TermMatcher, _ words: [FoldedWord], isGuarded: Bool) {
    (self.matcher, self.words, self.isGuarded) = (matcher, words, isGuarded)
  }

  /// The longest match from a word on; nil where there is none.
  mutating func longestMatch(at start: Int) -> TermMatch? {
    guard matcher.mayBegin(with: words[start]) else { return nil }
    if let known = matches[start] { return known }
    var best: TermMatch?
    extend(Path(end: start), from: start, &best)
    // What is written may be the beginning of a longer term.
    while let match = best {
      extend(Path(end: start), by: match, from: start, &best)
      if best == match { break }
    }
    matches[start] = best
    return best
  }

  /// Whether all words from one on may be the beginning of a term that is not all said.
  mutating func isOpen(from start: Int) -> Bool {
    guard matcher.mayBegin(with: words[start]) else { return false }
    if let known = open[start] { return known }
    var isOpen = isOpen(Path(end: start), from: start)
    if !isOpen, let match = longestMatch(at: start),
      let path = path(Path(end: start), goingOnWith: match)
    {
      isOpen = self.isOpen(path, from: start)
    }
    open[start] = isOpen
    return isOpen
  }

  // MARK: - Ways through the words

  /// Looks for longer matches: with the next word as it is, and with a term in its place.
  private mutating func extend(_ path: Path, from start: Int, _ best: inout TermMatch?) {
    guard path.end < words.count else { return }
    let inner = path.end > start ? longestMatch(at: path.end) : nil
    var next = path
    // Words that are spelled like a term of several belong together.
    if let inner, inner.words.count > 1, inner.written == text(of: inner.words) {
      next.isCut = true
    }
    extend(next, by: words[path.end], to: path.end + 1, from: start, &best)
    guard let inner, saysOtherWords(inner) else { return }
    extend(path, by: inner, from: start, &best)
  }

  private mutating func extend(
    _ path: Path, by match: TermMatch, from start: Int, _ best: inout TermMatch?
  ) {
    let words = Self.words(of: match)
    guard let last = words.last,
      let path = self.path(path, goingOnWith: words.dropLast(), to: path.end)
    else { return }
    extend(path, by: last, to: match.words.upperBound, from: start, &best)
  }

  private mutating func extend(
    _ path: Path, by word: FoldedWord, to end: Int, from start: Int, _ best: inout TermMatch?
  ) {
    if end > best?.words.upperBound ?? start, let match = match(path, word, end, from: start) {
      best = match
    }
    if let longer = self.path(path, goingOnWith: word, to: end) {
      extend(longer, from: start, &best)
    }
  }

  /// Whether what comes behind all words may become a term with those of a path.
  private mutating func isOpen(_ path: Path, from start: Int) -> Bool {
    if path.count > 0, path.end == words.count || path.end > start && isOpen(from: path.end) {
      return true
    }
    guard path.end < words.count else { return false }
    if let longer = self.path(path, goingOnWith: words[path.end], to: path.end + 1),
      isOpen(longer, from: start)
    {
      return true
    }
    guard path.end > start, let inner = innerMatch(at: path.end),
      let longer = self.path(path, goingOnWith: inner)
    else { return false }
    return isOpen(longer, from: start)
  }

  /// The words of a path and another; nil where no form goes on behind them.
  private func path(_ path: Path, goingOnWith word: FoldedWord, to end: Int) -> Path? {
    guard let key = word.key(isFirst: path.count == 0, isLast: false),
      matcher.hasForms(from: path.cursor.hash(with: key))
    else { return nil }
    return path.appending(word, key, end)
  }

  private func path(
    _ path: Path, goingOnWith words: ArraySlice<FoldedWord>, to end: Int
  ) -> Path? {
    words.reduce(path) { path, word in
      path.flatMap { self.path($0, goingOnWith: word, to: end) }
    }
  }

  private func path(_ path: Path, goingOnWith match: TermMatch) -> Path? {
    self.path(path, goingOnWith: Self.words(of: match)[...], to: match.words.upperBound)
  }

  // MARK: - Words and terms

  /// A term that says other words than those that it is written for; nil for none.
  private mutating func innerMatch(at index: Int) -> TermMatch? {
    longestMatch(at: index).flatMap { saysOtherWords($0) ? $0 : nil }
  }

  private func saysOtherWords(_ match: TermMatch) -> Bool {
    match.words.count > 1
      || FoldedWord(match.written).key != words[match.words.lowerBound].key
  }

  private func text(of range: Range<Int>) -> String {
    words[range].lazy.map(\.text).joined(separator: " ")
  }

  /// The words of a term as it is written.
  private static func words(of match: TermMatch) -> [FoldedWord] {
    match.written.split(separator: " ").map { FoldedWord(String($0)) }
  }

  /// The term that is written for the words of a path and a last one; nil where there is none.
  private func match(_ path: Path, _ last: FoldedWord, _ end: Int, from start: Int) -> TermMatch? {
    let isFirst = path.count == 0
    let possessive = last.stem.flatMap { stem in
      match(
        path, last, stem.key(isFirst: isFirst, isLast: true), end, from: start, isPossessive: true)
    }
    if isFirst, let stem = last.stem, isSpelledLikeTerm(stem) { return possessive }
    let key = last.key(isFirst: isFirst, isLast: true)
    return match(path, last, key, end, from: start) ?? possessive
  }

  private func match(
    _ path: Path, _ last: FoldedWord, _ key: [UInt8]?, _ end: Int, from start: Int,
    isPossessive: Bool = false
  ) -> TermMatch? {
    guard let key, matcher.hasKey(path.cursor.hash(with: key)) else { return nil }
    return match(
      path.appending(last, key, end), last: last, from: start, isPossessive: isPossessive)
  }

  /// Whether a word is how a term is spelled: it is there already.
  private func isSpelledLikeTerm(_ word: FoldedWord) -> Bool {
    guard matcher.hasKey(word.hash) else { return false }
    var cursor = FormCursor()
    cursor.append(word.key)
    return matcher.choice(for: cursor, spelling: word.core, isGuarded: isGuarded).isSpelled
      || matcher.isMarkedSpelling(word)
  }

  private func match(
    _ path: Path, last: FoldedWord, from start: Int, isPossessive: Bool = false
  ) -> TermMatch? {
    let first = path.first ?? last
    let word = isPossessive ? first.stem ?? first : first
    let spelling = path.count > 1 ? nil : word.core
    let choice = matcher.choice(for: path.cursor, spelling: spelling, isGuarded: isGuarded)
    if path.isCut, !choice.isSpelled { return nil }
    guard let term = choice.term else {
      return choice.isSpelled && path.count > 1 ? unchanged(start..<path.end) : nil
    }
    if spelling != nil, matcher.isMarkedSpelling(word) { return nil }
    return Replacement(term, first: first, last: last, isPossessive: isPossessive).map {
      TermMatch(spelling: term.spelling, words: start..<path.end, written: $0.text)
    }
  }

  /// Words that stay as they are, together.
  private func unchanged(_ range: Range<Int>) -> TermMatch {
    TermMatch(spelling: text(of: range), words: range, written: text(of: range))
  }
}

extension TermSearch.Path {
  /// The path with one more word.
  fileprivate func appending(_ word: FoldedWord, _ key: [UInt8], _ end: Int) -> Self {
    var longer = self
    if count == 0 { longer.first = word }
    longer.cursor.append(key)
    longer.count += 1
    longer.end = end
    return longer
  }
}
