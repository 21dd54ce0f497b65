/// The spoken forms of a list's terms, found by the letters of the words that say them.
///
/// A form's key is its words run together. Where words end is remembered for each form: "user id"
/// may be heard as one word or as two, but not as "use rid". All of it lies in a few flat arrays,
/// so that a table can be kept in a file and used as it is.
struct FormTable: Sendable {
  /// A term, as far as it is needed to write it: 24 bytes.
  struct TermRecord: BitwiseCopyable {
    let weight: Double
    /// Where its spelling begins, in `text`, and its bytes.
    let spelling: UInt32
    let count: UInt32
    /// Places in `allCases`.
    let casing: UInt32
    let `guard`: UInt32
  }

  /// A form of a term: 16 bytes.
  struct Entry: BitwiseCopyable {
    let term: UInt32
    /// The number of the next entry with the same hash, from 1 on; 0 for none.
    ///
    /// It is smaller than the entry's own, so that there is an end.
    let next: UInt32
    /// Where the key begins, in `text`; behind it stands where each word but the first begins.
    let key: UInt32
    let keyCount: UInt8
    let boundaryCount: UInt8
    /// The form's place among the term's own.
    let rank: UInt8
    /// A `Kind`.
    let kind: UInt8
  }

  /// What an entry is.
  enum Kind: UInt8 {
    case listed, canonical, alternative, lossy
    /// No form: the words that a term is spelled with.
    case spelled
    /// No form: the spelling of a term that has marks round it, without them.
    case marked
  }

  /// Who wants the terms.
  let origin: Term.Origin
  let records: [TermRecord]
  let entries: [Entry]
  /// Spellings, keys and boundaries.
  let text: [UInt8]
  /// The last entry of each key, from 1 on.
  let keys: HashSlots
  /// Beginnings of forms, as far as a word.
  ///
  /// Of thousands of millions of words one may be taken for a beginning that is none; it waits for
  /// the next word in vain.
  let prefixes: HashSlots

  /// Whether there are no forms.
  var isEmpty: Bool { entries.isEmpty }

  /// Whether some form begins with words that have a hash, and goes on after them.
  func hasForms(from hash: UInt64) -> Bool { prefixes[hash] != nil }

  /// Looks for a term that is written for words.
  ///
  /// - Parameters:
  ///   - cursor: The words.
  ///   - spelling: How they are spelled where they are a single word.
  ///   - isGuarded: Whether ordinary English is left alone.
  ///   - choice: What was found in other tables; gets what is found here.
  func look(
    for cursor: FormCursor, spelling: Substring?, isGuarded: Bool, _ choice: inout TermChoice
  ) {
    guard var number = keys[cursor.hash] else { return }
    let form = cursor.form
    let isOrdinary = isGuarded && OrdinaryEnglish.isOrdinary(form.words)
    while number > 0 {
      let entry = entries[number - 1]
      number = Int(entry.next)
      guard entry.kind != Kind.marked.rawValue, hasKey(entry, cursor) else { continue }
      let record = records[Int(entry.term)]
      let term = self.spelling(record)
      let isExact = spelling.map { $0 == term } ?? (entry.kind == Kind.spelled.rawValue)
      // Names of files are no reason to keep a word from being a term.
      if isExact, origin != .automatic || !isOrdinary { choice.note(spelling: term) }
      guard entry.kind != Kind.spelled.rawValue,
        allows(entry, form, isOrdinary: isOrdinary, isGuarded: isGuarded)
      else { continue }
      choice.offer(candidate(entry))
    }
  }

  /// The term of an entry, as it competes with others.
  func candidate(_ entry: Entry) -> TermChoice.Candidate {
    let record = records[Int(entry.term)]
    return TermChoice.Candidate(
      spelling: spelling(record), casing: Term.Casing.allCases[Int(record.casing)],
      origin: origin, isListed: entry.kind == Kind.listed.rawValue, weight: record.weight,
      rank: Int(entry.rank))
  }

  /// Whether a word is spelled like a term with marks round it, such as `.NET` or `user_`.
  ///
  /// In `.NET`, set aside the mark, stands the word of another term, `net`; but who wrote the mark
  /// meant the first.
  func isMarkedSpelling(_ word: FoldedWord) -> Bool {
    var cursor = FormCursor()
    cursor.append(word.key)
    guard var number = keys[cursor.hash] else { return false }
    while number > 0 {
      let entry = entries[number - 1]
      number = Int(entry.next)
      guard entry.kind == Kind.marked.rawValue else { continue }
      let term = FoldedWord(spelling(records[Int(entry.term)]))
      if term.core == word.core, word.leading.hasSuffix(term.leading),
        word.trailing.hasPrefix(term.trailing)
      {
        return true
      }
    }
    return false
  }

  /// Whether a term is spelled like ordinary English.
  private func hasOrdinarySpelling(_ record: TermRecord) -> Bool {
    OrdinaryEnglish.isOrdinary(Array(spelling(record).utf8).split(separator: 0x20))
  }

  /// How a term is spelled.
  private func spelling(_ record: TermRecord) -> String {
    let start = Int(record.spelling)
    return String(decoding: text[start..<start + Int(record.count)], as: UTF8.self)
  }

  /// Whether words are those of an entry's form, cut where it has borders.
  private func hasKey(_ entry: Entry, _ cursor: FormCursor) -> Bool {
    let start = Int(entry.key)
    let end = start + Int(entry.keyCount)
    return Int(entry.keyCount) == cursor.count && text[start..<end].elementsEqual(cursor.key)
      && cursor.boundaries.allSatisfy(text[end..<end + Int(entry.boundaryCount)].contains)
  }

  /// Terms of a list that somebody may have read through, and how often among 10,000 words those of
  /// a longer one may be said by accident.
  private static let (mostRead, mostAccidents) = (1_000, 0.000_5)

  /// Whether a term may be written for the words of an entry.
  func allows(
    _ entry: Entry, _ form: FormWords, isOrdinary: Bool, isGuarded: Bool
  ) -> Bool {
    guard isGuarded, let kind = Kind(rawValue: entry.kind) else { return true }
    // A file that is called by a word of English is no reason to write that word.
    if origin == .automatic, hasOrdinarySpelling(records[Int(entry.term)]) { return false }
    // A project may have come from anybody: it may not give English another meaning.
    let isForeign = origin == .project
    if isForeign, kind == .listed, OrdinaryEnglish.isEnglish(form.words) { return false }
    let protection = Term.Guard.allCases[Int(records[Int(entry.term)].guard)]
    if protection == .off, !isForeign { return true }
    if kind == .lossy { return false }
    guard isOrdinary else { return true }
    if form.boundaries.isEmpty, kind == .canonical, OrdinaryEnglish.isName(form.key) {
      // Nobody says "claude" and means another word.
      let spelling = spelling(records[Int(entry.term)])
      return spelling.utf8.count == form.key.count
        && spelling.lowercased().utf8.elementsEqual(form.key)
    }
    // Nobody has read through thousands of terms, of which one is called all_of and one MyAgent.
    if records.count > Self.mostRead,
      OrdinaryEnglish.frequency(of: form.words) > Self.mostAccidents
    {
      return false
    }
    return protection == .automatic && origin != .automatic && kind != .alternative
      && !form.boundaries.isEmpty && form.boundaries.count == Int(entry.boundaryCount)
  }
}
