extension Term {
  /// All ways to say the term: those that somebody listed, then the usual reading of the spelling,
  /// then others; at most 16 besides the listed ones.
  ///
  /// None follow from a single character or from a checksum, which nobody reads aloud.
  package var forms: [SpokenForm] {
    var reader = SpellingReader()
    return reader.forms(of: self)
  }
}

/// Reads spellings; parts that it knows from the one before it need not be looked at again.
struct SpellingReader {
  private var known: [String: [String]] = [:]

  /// Forms that follow from a spelling, at most.
  private static let limit = 16

  /// All forms of a term.
  mutating func forms(of term: Term) -> [SpokenForm] {
    var forms = term.spoken.map { SpokenForm(text: $0.lowercased(), kind: .listed) }
    for form in self.forms(of: term.spelling) where !forms.contains(where: { $0.text == form.text })
    {
      forms.append(form)
    }
    return forms
  }

  /// The forms that follow from a spelling, the usual one first.
  private mutating func forms(of spelling: String) -> [SpokenForm] {
    guard spelling.utf8.count > 1, !Self.isCode(spelling) else { return [] }
    var forms: [SpokenForm]
    if let known = SpokenNames.names[spelling] {
      forms = known.enumerated().map { rank, text in
        SpokenForm(text: text, kind: rank == 0 ? .canonical : .alternative)
      }
    } else {
      forms = ReadingSearch(readings(of: SpellingParts(spelling).parts), limit: Self.limit).forms
    }
    if let written = Self.writtenForm(spelling),
      !forms.contains(where: { $0.text == written.text })
    {
      if forms.count == Self.limit { forms.removeLast() }
      forms.append(written)
    }
    return forms
  }

  /// The spelling as a model writes it that knows the term: without capitals.
  private static func writtenForm(_ spelling: String) -> SpokenForm? {
    // Nearly all are plain identifiers.
    if spelling.utf8.allSatisfy({ FoldedWord.isPlain($0) }) {
      return SpokenForm(text: spelling.lowercased(), kind: .alternative)
    }
    let folded = FoldedWord(spelling)
    guard folded.leading.isEmpty, folded.trailing.isEmpty, folded.key.count > 1 else { return nil }
    return SpokenForm(text: folded.core.lowercased(), kind: .alternative)
  }

  /// The parts' readings in their order.
  private mutating func readings(of parts: [SpellingParts.Part]) -> [Reading] {
    let isConstant = Self.isConstant(parts)
    let isDunder = Self.isDunder(parts)
    var readings: [Reading] = []
    for (index, part) in parts.enumerated() {
      switch part {
      case .letters(let word) where parts.count == 1:
        // A compound that is the whole term is said as one word.
        let choices = words(for: word, isConstant: false)
        readings.append(Reading(choices.last == word.lowercased() ? choices.reversed() : choices))
      case .space: continue
      case .digits(let digits): readings.append(Reading(NumberReadings.readings(of: digits)))
      case .mark(let mark):
        readings.append(
          isDunder
            ? Reading(
              mark: index == 0 ? ["dunder", ""] : [""], style: "dunder \(index)",
              isLossy: index == 0)
            : MarkReadings.reading(of: mark, at: index, in: parts))
      case .letters(let word):
        readings.append(
          Reading(
            Self.version(word, index, parts) ?? words(for: word, isConstant: isConstant)))
      }
    }
    return readings
  }

  /// The readings of a word.
  private mutating func words(for word: String, isConstant: Bool) -> [String] {
    // Of a constant's capitals nothing follows, so that its words are others.
    if isConstant { return WordReadings.readings(of: word, isConstant: true) }
    if let readings = known[word] { return readings }
    let readings = WordReadings.readings(of: word, isConstant: false)
    known[word] = readings
    return readings
  }

  /// The "v" of "v2".
  private static func version(
    _ word: String, _ index: Int, _ parts: [SpellingParts.Part]
  ) -> [String]? {
    guard word == "v", index + 1 < parts.count, case .digits = parts[index + 1] else { return nil }
    // In "v4l2" it is a letter.
    if index == 0, index + 2 < parts.count, case .letters = parts[index + 2] { return nil }
    return index == 0 ? ["version", "v"] : ["v", "version"]
  }

  /// Whether it is a name between two underscores on each side.
  private static func isDunder(_ parts: [SpellingParts.Part]) -> Bool {
    let edge = Array(repeating: SpellingParts.Part.mark("_"), count: 2)
    return parts.count > 4 && parts.prefix(2).elementsEqual(edge)
      && parts.suffix(2).elementsEqual(edge)
      && parts.dropFirst(2).first != edge[0]
  }

  /// Whether all letters are capitals and marks join several words, as in MAX_RETRY_COUNT.
  private static func isConstant(_ parts: [SpellingParts.Part]) -> Bool {
    var words = 0
    for part in parts {
      guard case .letters(let word) = part else { continue }
      guard word.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { return false }
      words += 1
    }
    return words > 1 && parts.contains(.mark("_"))
  }

  /// Whether it is a checksum, an identifier by number, or a single character.
  private static func isCode(_ spelling: String) -> Bool {
    let digits = spelling.utf8.filter { $0 != UInt8(ascii: "-") }
    guard digits.count >= 8 else { return false }
    let numbers = digits.filter { (0x30...0x39).contains($0) }.count
    return numbers > 0 && numbers < digits.count
      && digits.allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20)
      }
  }
}
