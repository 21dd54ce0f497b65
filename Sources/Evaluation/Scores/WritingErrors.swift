/// What is wrong with the marks and capitals of a text whose words may be right.
struct WritingErrors {
  /// A word without the marks round it, and those behind it.
  private struct MarkedWord {
    let exact: String
    let folded: String
    var marks: [Character] = []
  }

  private(set) var marks = 0
  private(set) var markErrors = 0
  private(set) var comparedMarks = 0
  private(set) var casedWords = 0
  private(set) var caseErrors = 0
  private(set) var capitals = 0

  /// Marks that end sentences and parts of them; others belong to words or are quotation marks,
  /// which nobody says.
  private static let counted: Set<Character> = [
    ".", ",", "?", "!", ";", ":", "…", "。", "、", "，", "？", "！",
  ]

  /// Compares words where they are the same but for case, and the marks behind all of them.
  ///
  /// A mark behind a word that is missing is missing too, and one behind a word that is put in is
  /// put in (Meister et al. 2023, for LibriSpeech-PC: errors of all marks on either side).
  init(reference: String, text: String) {
    let (said, written) = (Self.words(of: reference), Self.words(of: text))
    capitals = said.count { word in word.exact.contains(where: \.isUppercase) }
    marks = said.reduce(0) { $0 + $1.marks.count }
    for step in Alignment(fewestEdits: said.map(\.folded), written.map(\.folded)).steps {
      let before = step.reference.map { said[$0] }
      let after = step.hypothesis.map { written[$0] }
      compare(before?.marks ?? [], after?.marks ?? [])
      guard case .match = step, let before, let after else { continue }
      guard before.exact.contains(where: \.isCased) else { continue }
      casedWords += 1
      if before.exact != after.exact { caseErrors += 1 }
    }
  }

  private mutating func compare(_ said: [Character], _ written: [Character]) {
    guard !said.isEmpty || !written.isEmpty else { return }
    let steps = Alignment(fewestEdits: said.map(String.init), written.map(String.init)).steps
    comparedMarks += steps.count
    markErrors += steps.count { if case .match = $0 { false } else { true } }
  }

  private static func words(of text: String) -> [MarkedWord] {
    var words: [MarkedWord] = []
    for part in WordSplitter.withPlainApostrophes(text).split(whereSeparator: \.isWhitespace) {
      let core = part.drop { !$0.isPartOfWord }
      guard let end = core.lastIndex(where: \.isPartOfWord) else {
        // Marks alone belong to what stands before them.
        if !words.isEmpty { words[words.count - 1].marks += part.filter(counted.contains) }
        continue
      }
      let exact = String(core[...end])
      words.append(
        MarkedWord(
          exact: exact, folded: exact.lowercased(),
          marks: core[core.index(after: end)...].filter(counted.contains).map { $0 }))
    }
    return words
  }
}

extension Character {
  fileprivate var isPartOfWord: Bool { isLetter || isNumber }
}
