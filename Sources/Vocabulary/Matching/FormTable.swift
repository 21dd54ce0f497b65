/// All spoken forms of a set of terms, found by the letters of the words that say them.
///
/// A form's key is its words run together. Where words end is remembered for each form: "user id"
/// may be heard as one word or as two, but not as "use rid".
struct FormTable: Sendable {
  /// A form of a term.
  private struct Entry {
    let term: Int32
    /// The form's place among the term's own.
    let rank: Int16
    let kind: SpokenForm.Kind
    /// Where its words begin, in `boundaries`.
    let boundaries: Range<Int32>
    /// The next entry with the same key; -1 for none.
    let next: Int32
  }

  private let terms: [Term]
  private var entries: [Entry] = []
  private var boundaries: [UInt8] = []
  /// The first entry of each key.
  private var keys = HashIndex()
  /// Beginnings of forms, as far as a word.
  private var prefixes = HashIndex()

  /// Whether there are no forms.
  var isEmpty: Bool { entries.isEmpty }

  init(_ terms: [Term]) {
    self.terms = terms
    keys.reserve(4 * terms.count)
    prefixes.reserve(8 * terms.count)
    var reader = SpellingReader()
    for (index, term) in terms.enumerated() {
      for (rank, form) in reader.forms(of: term).enumerated() { add(form, rank, of: index) }
    }
  }

  /// The term that is written for words.
  ///
  /// - Parameters:
  ///   - cursor: The words.
  ///   - spelling: How they are spelled, which decides among terms that are said alike.
  ///   - isGuarded: Whether ordinary English is left alone.
  /// - Returns: The term's index; nil where no form allows it.
  func term(_ cursor: FormCursor, spelling: Substring?, isGuarded: Bool) -> Int? {
    guard var index = keys[cursor.hash] else { return nil }
    let isOrdinary = isGuarded && OrdinaryEnglish.isOrdinary(cursor.words)
    var best: Entry?
    while index >= 0 {
      let entry = entries[Int(index)]
      index = entry.next
      guard allows(entry, cursor, isOrdinary: isOrdinary, isGuarded: isGuarded) else { continue }
      if let spelling, terms[Int(entry.term)].spelling == spelling { return Int(entry.term) }
      if let other = best, !precedes(entry, other) { continue }
      best = entry
    }
    return best.map { Int($0.term) }
  }

  /// Whether some form begins with words and goes on after them.
  func hasForms(from cursor: FormCursor) -> Bool { prefixes[cursor.hash] != nil }

  private mutating func add(_ form: SpokenForm, _ rank: Int, of term: Int) {
    let start = boundaries.count
    var text = form.text
    let (hash, count) = text.withUTF8 { addKey($0) }
    guard count > 1, count <= Int(UInt8.max) else {
      boundaries.removeLast(boundaries.count - start)
      return
    }
    let index = Int32(entries.count)
    entries.append(
      Entry(
        term: Int32(term), rank: Int16(clamping: rank), kind: form.kind,
        boundaries: Int32(start)..<Int32(boundaries.count),
        next: keys.set(hash, to: index) ?? -1))
  }

  /// Adds where the words of a form begin, and its prefixes.
  ///
  /// - Parameter text: The form.
  /// - Returns: The key's hash, and its bytes.
  private mutating func addKey(_ text: UnsafeBufferPointer<UInt8>) -> (hash: UInt64, count: Int) {
    var hash = FormCursor.seed
    var count = 0
    for word in text.split(separator: 0x20) {
      if count > 0 {
        prefixes.set(hash, to: 0)
        boundaries.append(UInt8(clamping: count))
      }
      if word.allSatisfy({ (0x61...0x7A).contains($0) }) {
        for byte in word { FormCursor.combine(&hash, byte) }
        count += word.count
      } else {
        let key = FoldedWord.key(of: String(decoding: word, as: UTF8.self))
        for byte in key { FormCursor.combine(&hash, byte) }
        count += key.count
        if key.isEmpty, count > 0 { boundaries.removeLast() }
      }
    }
    return (hash, count)
  }

  private func allows(
    _ entry: Entry, _ cursor: FormCursor, isOrdinary: Bool, isGuarded: Bool
  ) -> Bool {
    let own = boundaries[Int(entry.boundaries.lowerBound)..<Int(entry.boundaries.upperBound)]
    guard cursor.boundaries.allSatisfy(own.contains) else { return false }
    let term = terms[Int(entry.term)]
    guard isGuarded else { return true }
    // A project may have come from anybody: it may not give English another meaning.
    let isForeign = term.origin == .project
    if isForeign, entry.kind == .listed, OrdinaryEnglish.isEnglish(cursor.words) { return false }
    if term.guard == .off, !isForeign { return true }
    if entry.kind == .lossy { return false }
    guard isOrdinary else { return true }
    if cursor.boundaries.isEmpty, entry.kind == .canonical, OrdinaryEnglish.isName(cursor.key) {
      // Nobody says "claude" and means another word.
      return term.spelling.utf8.count == cursor.count
        && term.spelling.lowercased().utf8
          .elementsEqual(cursor.key)
    }
    return term.guard == .automatic && term.origin != .automatic && entry.kind != .alternative
      && !cursor.boundaries.isEmpty && cursor.boundaries.count == own.count
  }

  /// Whether an entry is written rather than another that is said in the same way.
  private func precedes(_ entry: Entry, _ other: Entry) -> Bool {
    let (term, otherTerm) = (terms[Int(entry.term)], terms[Int(other.term)])
    if term.origin != otherTerm.origin { return term.origin > otherTerm.origin }
    if (entry.kind == .listed) != (other.kind == .listed) { return entry.kind == .listed }
    if term.weight != otherTerm.weight { return term.weight > otherTerm.weight }
    if entry.rank != other.rank { return entry.rank < other.rank }
    return term.spelling < otherTerm.spelling
  }
}
