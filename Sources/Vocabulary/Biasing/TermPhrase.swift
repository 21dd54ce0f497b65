/// A term and one way to say it, as far as somebody who hears it may write the term.
package struct TermPhrase: Sendable {
  /// The term.
  let term: TermChoice.Candidate
  /// The words that are said, folded.
  package let words: [ArraySlice<UInt8>]

  /// How the term is spelled.
  package var spelling: String { term.spelling }
  /// How likely it is, compared with others.
  package var weight: Double { term.weight }

  /// What is written for words in the phrase's place: the term, with the marks that stand round
  /// them; nil where marks would run together.
  package func written(for words: [String]) -> String? {
    guard let first = words.first, let last = words.last else { return nil }
    return Replacement(
      term, first: FoldedWord(first), last: FoldedWord(last), isPossessive: false)?.text
  }

  /// Whether words say the phrase, letter by letter, or spell the term.
  package func isSaid(by words: some Collection<String>) -> Bool {
    let keys = words.map { FoldedWord($0) }
    return keys.flatMap(\.key) == self.words.flatMap { $0 }
      || keys.map(\.core).joined(separator: " ") == spelling
  }

  /// Whether these are one or two English words, which people say and mean themselves.
  ///
  /// Letters that are spelled are one word, for "i d" is "idea" to many a model, and so are those
  /// that are read, as "ids".
  package var isUsual: Bool {
    let parts = parts
    let spelled = parts.indices.dropFirst().count {
      parts[$0].count == 1 && parts[$0 - 1].count == 1
    }
    return parts.count - spelled < 3 && !isSpelledAsSaid
      && parts.allSatisfy { $0.count <= Self.mostLetters || OrdinaryEnglish.contains($0) }
  }

  /// Letters of what is rather read than said.
  private static let mostLetters = 3

  /// Whether words are ordinary English, which may have been meant.
  package static func isOrdinary(_ words: some Collection<String>) -> Bool {
    OrdinaryEnglish.isOrdinary(words.map { FoldedWord($0).key })
  }

  /// How a model that knows capitals may write the phrase besides: as names are, and as the term is
  /// spelled.
  var capitalizedWritings: [[String]] {
    let small = words.map { String(decoding: $0, as: UTF8.self) }
    let names = small.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    var writings = [names]
    if small.count > 1 { writings.append([names[0]] + small.dropFirst()) }
    if spelling.lowercased() == small.joined(separator: " ") {
      writings.append(spelling.split(separator: " ").map(String.init))
    }
    return writings
  }

  /// Whether the term is spelled as it is said, so that it stands for nothing else.
  package var isSpelledAsSaid: Bool { spelling.utf8.elementsEqual(words.joined(separator: [0x20])) }
}

/// Where a vocabulary has a phrase.
struct PhrasePlace: Sendable {
  /// The table, and the entry in it.
  let table: Int32
  let entry: Int32
}

extension TermMatcher {
  /// Every way to say a term that may become the term.
  ///
  /// Ways that leave something out are none, and a single word of ordinary English is none where
  /// it would become another: there the words alone decide, not their sound. Of terms that nobody
  /// listed, names of files, they decide too.
  package var phrases: [TermPhrase] {
    var phrases: [TermPhrase] = []
    forEachPhrase { place, _ in phrases.append(phrase(place)) }
    return phrases
  }

  /// Goes through the places of these, and what is said there.
  func forEachPhrase(_ body: (PhrasePlace, FormWords) -> Void) {
    for (number, table) in tables.enumerated() where table.origin != .automatic {
      for index in table.entries.indices {
        let form = table.form(of: index)
        guard table.isPhrase(index, form) else { continue }
        body(PhrasePlace(table: Int32(number), entry: Int32(index)), form)
      }
    }
  }

  /// The phrase at a place.
  func phrase(_ place: PhrasePlace) -> TermPhrase {
    tables[Int(place.table)].phrase(Int(place.entry))
  }

  /// Terms that somebody listed.
  package var listedCount: Int {
    tables.reduce(0) { $0 + ($1.origin == .automatic ? 0 : $1.records.count) }
  }

  /// The greatest weight of a term.
  var greatestWeight: Double { tables.lazy.flatMap { $0.records.lazy.map(\.weight) }.max() ?? 1 }
}

extension FormTable {
  /// What is said for an entry.
  fileprivate func phrase(_ number: Int) -> TermPhrase {
    TermPhrase(term: candidate(entries[number]), words: form(of: number).words)
  }

  /// Whether an entry may become its term wherever it is said.
  fileprivate func isPhrase(_ number: Int, _ form: FormWords) -> Bool {
    let entry = entries[number]
    guard entry.kind != Kind.spelled.rawValue, entry.kind != Kind.marked.rawValue else {
      return false
    }
    return allows(
      entry, form, isOrdinary: OrdinaryEnglish.isOrdinary(form.words), isGuarded: true)
      || phrase(number).isSpelledAsSaid
  }

  /// The words of an entry.
  fileprivate func form(of number: Int) -> FormWords {
    let entry = entries[number]
    let start = Int(entry.key)
    let end = start + Int(entry.keyCount)
    return FormWords(
      key: text[start..<end], boundaries: text[end..<end + Int(entry.boundaryCount)])
  }
}
