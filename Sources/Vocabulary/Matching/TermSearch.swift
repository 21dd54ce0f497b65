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
  private let words: [String]
  private let isGuarded: Bool
  private var folded: [Int: FoldedWord] = [:]
  private var matches: [Int: TermMatch?] = [:]
  private var open: [Int: Bool] = [:]

  init(_ matcher: TermMatcher, _ words: [String], isGuarded: Bool) {
    (self.matcher, self.words, self.isGuarded) = (matcher, words, isGuarded)
  }

  /// The longest match from a word on; nil where there is none.
  mutating func longestMatch(at start: Int) -> TermMatch? {
    guard mayBegin(at: start) else { return nil }
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
    guard mayBegin(at: start) else { return false }
    if let known = open[start] { return known }
    var isOpen = isOpen(Path(end: start), from: start)
    if !isOpen, let match = longestMatch(at: start) {
      let written = Self.words(of: match)
      isOpen = paths(Path(end: start), goingOnWith: written[...], to: match.words.upperBound)
        .contains { self.isOpen($0, from: start) }
    }
    open[start] = isOpen
    return isOpen
  }

  /// Whether any term begins with a word, or is it; of nearly all words none does.
  private mutating func mayBegin(at index: Int) -> Bool {
    let word = word(index)
    guard !word.key.isEmpty, word.mayGoOn, word.stem == nil else { return true }
    var cursor = FormCursor()
    cursor.append(word.key)
    return matcher.knows(cursor)
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
    extend(next, by: [word(path.end)], to: path.end + 1, from: start, &best)
    guard let inner, saysOtherWords(inner) else { return }
    extend(path, by: inner, from: start, &best)
  }

  private mutating func extend(
    _ path: Path, by match: TermMatch, from start: Int, _ best: inout TermMatch?
  ) {
    extend(path, by: Self.words(of: match), to: match.words.upperBound, from: start, &best)
  }

  private mutating func extend(
    _ path: Path, by words: [FoldedWord], to end: Int, from start: Int, _ best: inout TermMatch?
  ) {
    guard let last = words.last else { return }
    for path in paths(path, goingOnWith: words.dropLast(), to: path.end) {
      if end > best?.words.upperBound ?? start, let match = match(path, last, end, from: start) {
        best = match
      }
      for longer in paths(path, goingOnWith: [last], to: end) {
        extend(longer, from: start, &best)
      }
    }
  }

  /// Whether what comes behind all words may become a term with those of a path.
  private mutating func isOpen(_ path: Path, from start: Int) -> Bool {
    if path.count > 0, path.end == words.count || path.end > start && isOpen(from: path.end) {
      return true
    }
    guard path.end < words.count else { return false }
    var longer = paths(path, goingOnWith: [word(path.end)], to: path.end + 1)
    if path.end > start, let inner = innerMatch(at: path.end) {
      longer += paths(path, goingOnWith: Self.words(of: inner)[...], to: inner.words.upperBound)
    }
    return longer.contains { isOpen($0, from: start) }
  }

  /// The words of a path and others, as far as a form goes on behind them.
  private func paths(
    _ path: Path, goingOnWith words: ArraySlice<FoldedWord>, to end: Int
  ) -> [Path] {
    var paths = [path]
    for word in words {
      paths = paths.flatMap { path in
        word.keys(isFirst: path.count == 0, isLast: false).map { path.appending(word, $0, end) }
      }.filter { matcher.hasForms(from: $0.cursor) }
    }
    return paths
  }

  // MARK: - Words and terms

  private mutating func word(_ index: Int) -> FoldedWord {
    if let known = folded[index] { return known }
    let word = FoldedWord(words[index])
    folded[index] = word
    return word
  }

  /// A term that says other words than those that it is written for; nil for none.
  private mutating func innerMatch(at index: Int) -> TermMatch? {
    longestMatch(at: index).flatMap { saysOtherWords($0) ? $0 : nil }
  }

  private mutating func saysOtherWords(_ match: TermMatch) -> Bool {
    match.words.count > 1
      || FoldedWord(match.written).key != word(match.words.lowerBound).key
  }

  private func text(of range: Range<Int>) -> String { words[range].joined(separator: " ") }

  /// The words of a term as it is written.
  private static func words(of match: TermMatch) -> [FoldedWord] {
    match.written.split(separator: " ").map { FoldedWord(String($0)) }
  }

  /// The term that is written for the words of a path and a last one; nil where there is none.
  private func match(_ path: Path, _ last: FoldedWord, _ end: Int, from start: Int) -> TermMatch? {
    let isFirst = path.count == 0
    let possessive = last.stem.flatMap { stem in
      stem.keys(isFirst: isFirst, isLast: true).first.flatMap {
        match(path.appending(last, $0, end), last: last, from: start, isPossessive: true)
      }
    }
    if isFirst, let stem = last.stem, isSpelledLikeTerm(stem) { return possessive }
    for key in last.keys(isFirst: isFirst, isLast: true) {
      if let match = match(path.appending(last, key, end), last: last, from: start) { return match }
    }
    return possessive
  }

  /// Whether a word is how a term is spelled: it is there already.
  private func isSpelledLikeTerm(_ word: FoldedWord) -> Bool {
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
