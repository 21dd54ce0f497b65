/// How well each method wrote a clip.
package struct ClipScores: Sendable {
  /// By method.
  package private(set) var counts: [Counts] = []
  /// By method, spellings of terms that were written and not said.
  package private(set) var wrongTerms: [[String]] = []

  /// Scores all methods of a clip.
  package init(_ clip: Clip) {
    let splitter = WordSplitter(clip.terms)
    let reference = splitter.words(of: clip.reference)
    let said = clip.terms.occurrences(in: reference, anyCase: false)
    let saidInAnyCase = clip.terms.occurrences(in: reference, anyCase: true)
    let plain = splitter.words(of: clip.texts.first ?? "")
    for (index, text) in clip.texts.enumerated() {
      // Most lists change nothing in most clips.
      if let same = clip.texts[..<index].firstIndex(where: { $0.utf8.elementsEqual(text.utf8) }) {
        counts.append(counts[same])
        wrongTerms.append(wrongTerms[same])
        continue
      }
      let words = splitter.words(of: text)
      let alignment = Alignment(reference.map(\.folded), words.map(\.folded))
      let score = TermScore(
        said: said, written: clip.terms.occurrences(in: words, anyCase: false), alignment,
        anyCase: false)
      let folded = TermScore(
        said: saidInAnyCase, written: clip.terms.occurrences(in: words, anyCase: true), alignment,
        anyCase: true)
      var count = Counts()
      count.clips = 1
      count.seconds = clip.seconds
      count.words = reference.count
      count.edits = EditDistance.words(reference.map(\.folded), words.map(\.folded))
      count.addErrors(of: alignment, reference: reference, words: words, said: said)
      count.said = said.count
      count.exact = score.written
      count.saidInAnyCase = saidInAnyCase.count
      count.folded = folded.written
      count.plainWords = plain.count
      count.damagedWords = Damage.words(
        from: plain, to: words, rightWords: score.rightWords, reference: reference, said: said)
      count.damagedClips = count.damagedWords > 0 ? 1 : 0
      count.changedClips = text.utf8.elementsEqual(clip.texts[0].utf8) ? 0 : 1
      counts.append(count)
      wrongTerms.append(score.wrongTerms)
    }
  }
}

extension Counts {
  /// Parts errors into those in terms that are said and others, as Facebook's `score.py` does.
  ///
  /// A word that is put in counts with the terms where it is one of their words.
  fileprivate mutating func addErrors(
    of alignment: Alignment, reference: [SpelledWord], words: [SpelledWord],
    said: [TermOccurrence]
  ) {
    let places = Set(said.flatMap(\.words))
    let biased = Set(places.map { reference[$0].folded })
    biasedWords = places.count
    for step in alignment.steps {
      let isBiased: Bool
      switch step {
      case .match: continue
      case .substitution(let word, _), .deletion(let word): isBiased = places.contains(word)
      case .insertion(let word): isBiased = biased.contains(words[word].folded)
      }
      if isBiased { biasedErrors += 1 } else { otherErrors += 1 }
    }
  }
}
