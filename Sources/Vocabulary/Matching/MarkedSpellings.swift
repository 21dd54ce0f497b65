/// Spellings with marks round them, such as `.NET` or `user_`, that words may hold already.
///
/// In `.NET`, set aside the mark, stands the word of another term, `net`; but who wrote the mark
/// meant the first.
struct MarkedSpellings: Sendable {
  /// Spellings, taken apart, by their keys.
  private var spellings: [[UInt8]: [FoldedWord]] = [:]

  init(_ terms: [Term]) {
    for term in terms {
      // Nearly all begin and end with a letter or a digit.
      guard let first = term.spelling.utf8.first, let last = term.spelling.utf8.last,
        !FoldedWord.isPlain(first) || !FoldedWord.isPlain(last)
      else { continue }
      let word = FoldedWord(term.spelling)
      if word.leading.isEmpty && word.trailing.isEmpty || word.key.isEmpty { continue }
      spellings[word.key, default: []].append(word)
    }
  }

  /// Whether a word is spelled like a term with marks, to the byte.
  ///
  /// - Parameters:
  ///   - word: The word.
  ///   - isPossessive: Whether that is asked of the word without its possessive's ending.
  /// - Returns: False where there are no such terms.
  func contain(_ word: FoldedWord, isPossessive: Bool) -> Bool {
    if spellings.isEmpty { return false }
    if isPossessive {
      let stem = FoldedWord(String(word.leading + word.core.dropLast(2)))
      return contain(stem, isPossessive: false)
    }
    return spellings[word.key, default: []].contains {
      $0.core == word.core && word.leading.hasSuffix($0.leading)
        && word.trailing.hasPrefix($0.trailing)
    }
  }
}
