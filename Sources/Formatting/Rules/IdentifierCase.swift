/// How the words of a name are put together; what the commands are called in Talon.
enum IdentifierCase: Sendable, CaseIterable {
  case camel, snake, pascal, kebab, dotted, packed, smash, constant, capitals, quoted

  /// What is said to choose it.
  static let commands: [(words: [String], value: IdentifierCase)] = [
    (["camel"], .camel), (["snake"], .snake), (["pascal"], .pascal), (["hammer"], .pascal),
    (["kebab"], .kebab), (["dotted"], .dotted), (["packed"], .packed), (["smash"], .smash),
    (["constant"], .constant), (["all", "caps"], .capitals), (["dub", "string"], .quoted),
    (["camel", "case"], .camel), (["snake", "case"], .snake), (["pascal", "case"], .pascal),
    (["kebab", "case"], .kebab),
  ]

  /// Whether words keep their own spelling instead of being parts of a name.
  var keepsWords: Bool { self == .capitals || self == .quoted }

  /// Puts words together.
  func written(_ words: [String]) -> String {
    switch self {
    case .camel:
      (words.prefix(1).map { $0.lowercased() } + words.dropFirst().map(capitalized)).joined()
    case .pascal: words.map(capitalized).joined()
    case .snake: words.map { $0.lowercased() }.joined(separator: "_")
    case .kebab: words.map { $0.lowercased() }.joined(separator: "-")
    case .dotted: words.map { $0.lowercased() }.joined(separator: ".")
    case .packed: words.map { $0.lowercased() }.joined(separator: "::")
    case .smash: words.map { $0.lowercased() }.joined()
    case .constant: words.map { $0.uppercased() }.joined(separator: "_")
    case .capitals: words.map { $0.uppercased() }.joined(separator: " ")
    case .quoted: "\"\(words.joined(separator: " "))\""
    }
  }
}

private func capitalized(_ word: String) -> String {
  word.prefix(1).uppercased() + word.dropFirst().lowercased()
}

/// The parts of a name that is spelled already: at marks, and where capitals begin a word.
func nameParts(_ name: some StringProtocol) -> [String] {
  var parts: [String] = []
  for run in name.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
    var part = ""
    let letters = Array(run)
    for (index, letter) in letters.enumerated() {
      let before = index > 0 ? letters[index - 1] : letter
      let next = index + 1 < letters.count ? letters[index + 1] : letter
      let begins =
        letter.isUppercase && (before.isLowercase || (before.isUppercase && next.isLowercase))
      if begins, !part.isEmpty {
        parts.append(part)
        part = ""
      }
      part.append(letter)
    }
    parts.append(part)
  }
  return parts
}
