/// How people read a mark aloud, by where it stands.
enum MarkReadings {
  /// All readings of a mark, the usual one first.
  ///
  /// - Parameters:
  ///   - mark: A mark, or two colons.
  ///   - index: Its place among the parts.
  ///   - parts: The parts of the spelling.
  /// - Returns: Its reading.
  static func reading(of mark: String, at index: Int, in parts: [SpellingParts.Part]) -> Reading {
    let isLeading = parts[..<index].allSatisfy(isMark) || parts[index - 1] == .space
    let isTrailing = parts[(index + 1)...].allSatisfy(isMark) || parts[index + 1] == .space
    if isLeading && isTrailing, let name = name[mark] {
      // A word of its own is said: without it, who wrote the term would write it twice.
      return Reading(mark: mark == "#" ? ["hash", "pound"] : [name], style: "lone \(mark)")
    }
    if isLeading || isTrailing { return outer(mark, isLeading: isLeading) }
    return inner(mark, at: index, in: parts)
  }

  private static func outer(_ mark: String, isLeading: Bool) -> Reading {
    switch mark {
    case "." where !isLeading: Reading(mark: ["", "dot"], style: "outer .")
    case "_": Reading(mark: ["", "underscore"], style: "outer _", isLossy: true)
    case "-", ".", "/", "@", "$", "*", "!", "~":
      Reading(mark: [name[mark] ?? "", ""], style: "outer \(mark)", isLossy: true)
    case "+", "&", "%", "=": Reading(mark: [name[mark] ?? ""], style: mark)
    case "#":
      isLeading
        ? Reading(mark: ["hash", "pound", ""], style: "outer #", isLossy: true)
        : Reading(mark: ["sharp", "hash"], style: "outer #")
    default: Reading(mark: [""], style: mark, isLossy: !silent.contains(mark))
    }
  }

  private static func inner(
    _ mark: String, at index: Int, in parts: [SpellingParts.Part]
  ) -> Reading {
    switch mark {
    case ".": dot(at: index, in: parts)
    case "::": Reading(mark: ["", "double colon", "colon colon"], style: mark)
    case "-": Reading(mark: ["", "dash", "hyphen"], style: mark)
    case "+", "@", "%", "=", "*": Reading(mark: [name[mark] ?? ""], style: mark)
    case "&": Reading(mark: ["and", "ampersand"], style: mark)
    case "#": Reading(mark: ["hash", "sharp"], style: mark)
    default: Reading(mark: ["", name[mark] ?? ""].uniqued, style: mark)
    }
  }

  private static func dot(at index: Int, in parts: [SpellingParts.Part]) -> Reading {
    switch (parts[index - 1], parts[index + 1]) {
    case (.digits, .digits):
      // A version or an address has more than one of them, a decimal number one.
      let count = parts.filter { $0 == .mark(".") }.count
      return Reading(
        mark: count > 1 ? ["dot", "point", ""] : ["", "point", "dot"], style: "digits .")
    case (_, .digits): return Reading(mark: ["", "dot"], style: "digit .")
    case (.letters(let name), .letters("js")) where name.first?.isUppercase ?? false:
      return Reading(mark: ["", "dot"], style: ".")
    default: return Reading(mark: ["dot", ""], style: ".")
    }
  }

  private static func isMark(_ part: SpellingParts.Part) -> Bool {
    if case .mark = part { true } else { false }
  }

  /// Marks that nobody says, and that tell no word from another.
  private static let silent: Set<String> = ["(", ")", ",", "'", "’", "\"", "[", "]", "…", "™", "®"]

  private static let name = [
    "_": "underscore", "-": "dash", ".": "dot", "/": "slash", ":": "colon", "+": "plus", "@": "at",
    "&": "and", "%": "percent", "=": "equals", "*": "star", "$": "dollar", "!": "bang",
    "~": "tilde", "\\": "backslash", "|": "pipe", "#": "hash",
  ]
}

extension [String] {
  fileprivate var uniqued: [String] { first == last ? [self[0]] : self }
}
