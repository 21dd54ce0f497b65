/// What a list does to words that are no terms.
enum Damage {
  /// How many words outside the terms that are said differ from the transcript without a list.
  ///
  /// Words that are replaced by a term that is said count only where they had been right.
  ///
  /// - Parameters:
  ///   - plain: The transcript without a list.
  ///   - text: The transcript with it.
  ///   - rightWords: The words of right terms in `text`.
  ///   - reference: What is said.
  ///   - said: The terms in it.
  /// - Returns: A number of words of `plain`, or of `text` where it has more.
  static func words(
    from plain: [SpelledWord], to text: [SpelledWord], rightWords: [Range<Int>],
    reference: [SpelledWord], said: [TermOccurrence]
  ) -> Int {
    guard plain != text else { return 0 }
    let places = places(of: plain, reference: reference, said: said)
    let changes = Alignment(plain.map(\.exact), text.map(\.exact)).steps
    var damage = 0
    for change in changes.split(whereSeparator: { $0.isMatch }) {
      let replaced = change.compactMap(\.reference)
      let written = change.compactMap(\.hypothesis)
      if written.contains(where: { word in rightWords.contains { $0.contains(word) } }) {
        damage += replaced.count { places[$0] == .right }
      } else if replaced.isEmpty {
        damage += written.count
      } else {
        damage += replaced.count { places[$0] != .term }
      }
    }
    return damage
  }

  private enum Place {
    /// Where a term is said.
    case term
    /// Elsewhere, and what is said.
    case right
    /// Elsewhere, and misheard.
    case wrong
  }

  /// Where each word of a transcript lies.
  private static func places(
    of plain: [SpelledWord], reference: [SpelledWord], said: [TermOccurrence]
  ) -> [Place] {
    let terms = Set(said.flatMap(\.words))
    var places = [Place](repeating: .wrong, count: plain.count)
    var misheard: [Alignment.Step] = []
    func close() {
      // Where among misheard words a term lies nobody knows: all of them may be it.
      if misheard.contains(where: { $0.reference.map(terms.contains) ?? false }) {
        for word in misheard.compactMap(\.hypothesis) { places[word] = .term }
      }
      misheard.removeAll()
    }
    for step in Alignment(reference.map(\.folded), plain.map(\.folded)).steps {
      if case .match(let word, let place) = step {
        close()
        places[place] = terms.contains(word) ? .term : .right
      } else {
        misheard.append(step)
      }
    }
    close()
    return places
  }
}

extension Alignment.Step {
  fileprivate var isMatch: Bool { if case .match = self { true } else { false } }

  /// The word of the reference, where there is one.
  var reference: Int? {
    switch self {
    case .match(let word, _), .substitution(let word, _), .deletion(let word): word
    case .insertion: nil
    }
  }

  /// The word of the hypothesis, where there is one.
  var hypothesis: Int? {
    switch self {
    case .match(_, let word), .substitution(_, let word), .insertion(let word): word
    case .deletion: nil
    }
  }
}
