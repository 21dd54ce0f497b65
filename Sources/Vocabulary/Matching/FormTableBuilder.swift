internal import System

/// Makes a table of terms.
struct FormTableBuilder {
  private var records: [FormTable.TermRecord] = []
  private var entries: [FormTable.Entry] = []
  private var text: [UInt8] = []
  /// Of each entry.
  private var hashes: [UInt64] = []
  private var prefixes = HashIndex()
  private var reader = SpellingReader()

  /// Takes in all terms of a list.
  init(_ terms: [Term]) {
    records.reserveCapacity(terms.count)
    for term in terms { add(term) }
  }

  /// The table.
  ///
  /// - Parameter origin: Who wants the terms.
  /// - Returns: A table that finds them.
  func table(_ origin: Term.Origin) -> FormTable {
    var keys = HashSlots(capacity: entries.count)
    var linked: [FormTable.Entry] = []
    linked.reserveCapacity(entries.count)
    for (index, entry) in entries.enumerated() {
      let next = keys.set(hashes[index], to: index + 1) ?? 0
      linked.append(entry.linked(to: next))
    }
    var beginnings = HashSlots(capacity: prefixes.count)
    prefixes.forEach { beginnings.set($0, to: 1) }
    return FormTable(
      origin: origin, records: records, entries: linked, text: text, keys: keys,
      prefixes: beginnings)
  }

  private mutating func add(_ term: Term) {
    let (start, count) = (text.count, term.spelling.utf8.count)
    text += term.spelling.utf8
    records.append(
      FormTable.TermRecord(
        weight: term.weight, spelling: UInt32(start), count: UInt32(count),
        casing: Term.Casing.allCases.place(of: term.casing),
        guard: Term.Guard.allCases.place(of: term.guard)))
    let forms = reader.forms(of: term)
    for (rank, form) in forms.enumerated() {
      var words = form.text
      words.withUTF8 { add($0, FormTable.Kind(form.kind), rank) }
    }
    // Nearly all are a single word that is among their forms.
    let plain = term.spelling.lowercased()
    if term.spelling.utf8.contains(0x20) || !forms.contains(where: { $0.text == plain }) {
      addSpelled(term.spelling)
    }
    // Nearly all begin and end with a letter or a digit.
    guard let first = term.spelling.utf8.first, let last = term.spelling.utf8.last,
      !FoldedWord.isPlain(first) || !FoldedWord.isPlain(last)
    else { return }
    let word = FoldedWord(term.spelling)
    if word.leading.isEmpty && word.trailing.isEmpty || word.key.isEmpty { return }
    addMarked(word.key)
  }

  private mutating func addMarked(_ key: [UInt8]) {
    guard key.count <= Int(UInt8.max) else { return }
    let start = text.count
    text += key
    add(from: start, ContentHash(of: key).number, [], .marked)
  }

  /// Adds the words of a spelling, where no form has them; some of several may be marks alone.
  private mutating func addSpelled(_ spelling: String) {
    let words = spelling.split(separator: " ").map { FoldedWord(String($0)) }
    let keys = words.enumerated().compactMap { index, word in
      word.key(isFirst: index == 0, isLast: index == words.count - 1)
    }
    if keys.count == words.count { add(keys, .spelled) }
  }

  /// Adds a form.
  private mutating func add(_ form: UnsafeBufferPointer<UInt8>, _ kind: FormTable.Kind, _ rank: Int)
  {
    let words = form.split(separator: 0x20)
    if words.allSatisfy({ $0.allSatisfy { (0x61...0x7A).contains($0) } }) {
      add(words, kind, rank)
    } else {
      add(words.map { FoldedWord.key(of: String(decoding: $0, as: UTF8.self)) }, kind, rank)
    }
  }

  /// Adds words, and their beginnings.
  private mutating func add(
    _ words: [some Collection<UInt8>], _ kind: FormTable.Kind, _ rank: Int = 0
  ) {
    let start = text.count
    var hash = ContentHash()
    var boundaries: [UInt8] = []
    for word in words where !word.isEmpty {
      if text.count > start {
        prefixes.set(hash.number, to: 0)
        boundaries.append(UInt8(clamping: text.count - start))
      }
      text += word
      hash.combine(word)
    }
    let least = kind == .spelled ? 1 : 2
    guard (least...Int(UInt8.max)).contains(text.count - start) else {
      text.removeLast(text.count - start)
      return
    }
    add(from: start, hash.number, boundaries, kind, rank)
  }

  private mutating func add(
    from start: Int, _ hash: UInt64, _ boundaries: [UInt8], _ kind: FormTable.Kind, _ rank: Int = 0
  ) {
    let count = UInt8(text.count - start)
    text += boundaries
    hashes.append(hash)
    entries.append(
      FormTable.Entry(
        term: UInt32(records.count - 1), next: 0, key: UInt32(start), keyCount: count,
        boundaryCount: UInt8(boundaries.count), rank: UInt8(clamping: rank), kind: kind.rawValue))
  }
}

extension FormTable {
  /// A table of terms that have one origin.
  init(_ terms: [Term], origin: Term.Origin) { self = FormTableBuilder(terms).table(origin) }
}

extension FormTable.Entry {
  fileprivate func linked(to next: Int) -> Self {
    Self(
      term: term, next: UInt32(next), key: key, keyCount: keyCount, boundaryCount: boundaryCount,
      rank: rank, kind: kind)
  }
}

extension FormTable.Kind {
  fileprivate init(_ kind: SpokenForm.Kind) {
    switch kind {
    case .listed: self = .listed
    case .canonical: self = .canonical
    case .alternative: self = .alternative
    case .lossy: self = .lossy
    }
  }
}

extension Array where Element: Equatable {
  fileprivate func place(of element: Element) -> UInt32 { UInt32(firstIndex(of: element) ?? 0) }
}
