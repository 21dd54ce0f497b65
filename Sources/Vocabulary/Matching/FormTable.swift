/// All spoken forms of a set of terms, found by the letters of the words that say them.
///
/// A form's key is its words run together. Where words end is remembered for each form: "user id"
/// may be heard as one word or as two, but not as "use rid".
struct FormTable: Sendable {
  /// The key of some words that follow each other.
  struct Cursor {
    private(set) var key: [UInt8] = []
    private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    /// Where each word but the first begins.
    private(set) var boundaries: [Int] = []

    /// Bytes in the key.
    var count: Int { key.count }

    /// Takes in the next word.
    mutating func append(_ word: [UInt8]) {
      if !key.isEmpty { boundaries.append(key.count) }
      key += word
      // FNV-1a (Fowler, Noll and Vo).
      for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }

    /// The words, one after the other.
    var words: [ArraySlice<UInt8>] {
      zip([0] + boundaries, boundaries + [key.count]).map { key[$0..<$1] }
    }
  }

  /// A form of a term.
  private struct Entry {
    let term: Int32
    /// The form's place among the term's own.
    let rank: Int16
    let kind: SpokenForm.Kind
    /// Where its words begin, in `boundaries`.
    let boundaries: Range<Int32>
  }

  private let terms: [Term]
  private var entries: [Entry] = []
  private var boundaries: [UInt8] = []
  private var keys: [UInt64: [Int32]] = [:]
  private var prefixes: Set<UInt64> = []
  /// Bytes of the longest key.
  private(set) var longestKey = 0
  /// Words of the longest form.
  private(set) var longest = 0

  /// Whether there are no forms.
  var isEmpty: Bool { entries.isEmpty }

  init(_ terms: [Term]) {
    self.terms = terms
    for (index, term) in terms.enumerated() {
      for (rank, form) in term.forms.enumerated() { add(form, rank, of: index) }
    }
  }

  /// The term that is written for words.
  ///
  /// - Parameters:
  ///   - cursor: The words.
  ///   - isGuarded: Whether ordinary English is left alone.
  /// - Returns: The term's index; nil where no form allows it.
  func term(_ cursor: Cursor, isGuarded: Bool) -> Int? {
    guard let candidates = keys[cursor.hash] else { return nil }
    let isOrdinary = isGuarded && OrdinaryEnglish.isOrdinary(cursor.words)
    var best: Entry?
    for index in candidates {
      let entry = entries[Int(index)]
      guard allows(entry, cursor, isOrdinary: isOrdinary, isGuarded: isGuarded) else { continue }
      if let other = best, !precedes(entry, other) { continue }
      best = entry
    }
    return best.map { Int($0.term) }
  }

  /// Whether some form begins with words and goes on after them.
  func hasForms(from cursor: Cursor) -> Bool { prefixes.contains(cursor.hash) }

  private mutating func add(_ form: SpokenForm, _ rank: Int, of term: Int) {
    var cursor = Cursor()
    for word in form.words {
      let key = FoldedWord.key(of: word)
      guard !key.isEmpty else { continue }
      if cursor.count > 0 { prefixes.insert(cursor.hash) }
      cursor.append(key)
    }
    guard cursor.count > 1, cursor.count <= Int(UInt8.max) else { return }
    let start = Int32(boundaries.count)
    boundaries += cursor.boundaries.map { UInt8($0) }
    keys[cursor.hash, default: []].append(Int32(entries.count))
    entries.append(
      Entry(
        term: Int32(term), rank: Int16(clamping: rank), kind: form.kind,
        boundaries: start..<Int32(boundaries.count)))
    longestKey = max(longestKey, cursor.count)
    longest = max(longest, cursor.boundaries.count + 1)
  }

  private func allows(
    _ entry: Entry, _ cursor: Cursor, isOrdinary: Bool, isGuarded: Bool
  ) -> Bool {
    let own = boundaries[Int(entry.boundaries.lowerBound)..<Int(entry.boundaries.upperBound)]
    guard cursor.boundaries.allSatisfy({ own.contains(UInt8($0)) }) else { return false }
    let term = terms[Int(entry.term)]
    guard isGuarded, term.guard != .off else { return true }
    if entry.kind == .lossy { return false }
    guard isOrdinary else { return true }
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
