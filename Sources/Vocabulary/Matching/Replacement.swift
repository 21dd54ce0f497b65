/// A term as it is written in place of words, with what stood round them.
struct Replacement {
  /// The text.
  let text: String

  /// A term in place of the words from the first to the last; nil where the marks round them would
  /// run together with those of the term, so that nobody could tell them apart.
  init?(_ term: TermChoice.Candidate, first: FoldedWord, last: FoldedWord, isPossessive: Bool) {
    let spelling = Self.capitalizes(term, first) ? Self.capitalized(term.spelling) : term.spelling
    let folded = FoldedWord(term.spelling)
    // Marks that the term has itself are not written twice.
    let leading = Self.remove(folded.leading, fromEndOf: first.leading)
    var trailing = Self.remove(folded.trailing, fromStartOf: last.trailing)
    if let mark = leading.last, term.spelling.first.map(Self.isMark) ?? false,
      !FoldedWord.opening.contains(mark)
    {
      return nil
    }
    if let mark = trailing.first, term.spelling.last.map(Self.isMark) ?? false,
      !FoldedWord.closing.contains(mark)
    {
      return nil
    }
    if isPossessive { trailing = last.core.suffix(2) + trailing }
    text = leading + spelling + trailing
  }

  private static func isMark(_ character: Character) -> Bool {
    !character.unicodeScalars.contains(where: FoldedWord.isLetterOrDigit)
  }

  private static func remove(_ marks: Substring, fromEndOf text: Substring) -> Substring {
    !marks.isEmpty && text.hasSuffix(marks) ? text.dropLast(marks.count) : text
  }

  private static func remove(_ marks: Substring, fromStartOf text: Substring) -> Substring {
    !marks.isEmpty && text.hasPrefix(marks) ? text.dropFirst(marks.count) : text
  }

  private static func capitalizes(_ term: TermChoice.Candidate, _ word: FoldedWord) -> Bool {
    switch term.casing {
    case .exact: false
    case .sentence: word.core.first?.isUppercase ?? false
    case .automatic: (word.core.first?.isUppercase ?? false) && isPlain(term.spelling)
    }
  }

  /// Whether a spelling consists of ordinary words, which are capitalised as all words are.
  private static func isPlain(_ spelling: String) -> Bool {
    spelling.split(separator: " ").allSatisfy { word in
      word.utf8.allSatisfy { (0x61...0x7A).contains($0) } && OrdinaryEnglish.contains(word.utf8)
    }
  }

  private static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
