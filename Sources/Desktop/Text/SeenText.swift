/// What becomes of line ends in a text.
package enum LineEnds: String, CaseIterable, Sendable {
  /// They stay.
  case keep
  /// Each run of them, with the spaces around, is one space, and none at the start and the end.
  case space
}

/// A text with what can be seen of it, line feeds and tabs, and nothing else.
///
/// Other control characters are left out: to a terminal they are commands, and nobody can say
/// them. So are characters without a shape, such as those that turn the direction of a text, which
/// would let it look like another one; where a script or an emoji is spelled with them, they stay.
package struct SeenText: Equatable, Sendable {
  /// The text.
  package let text: String

  /// Makes line feeds of line ends of all kinds, and leaves out what cannot be seen.
  package init(_ text: String, lineEnds: LineEnds = .keep) {
    let seen = Self.seen(in: Array(text.unicodeScalars))
    switch lineEnds {
    case .keep: self.text = seen
    case .space: self.text = Self.joined(seen)
    }
  }

  private static func seen(in all: [Unicode.Scalar]) -> String {
    var scalars = String.UnicodeScalarView()
    scalars.reserveCapacity(all.count)
    for (place, scalar) in all.enumerated() {
      switch scalar {
      case "\n" where place > 0 && all[place - 1] == "\r": break
      case "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}": scalars.append("\n")
      case "\t", " "..."~": scalars.append(scalar)
      default:
        let isSeen =
          scalar.properties.isDefaultIgnorableCodePoint
          ? JoiningCharacters.belong(at: place, in: all, after: scalars.last)
          : scalar.properties.generalCategory != .control && !isAnnotation(scalar)
        if isSeen { scalars.append(scalar) }
      }
    }
    return String(scalars)
  }

  /// Whether a character only sets a gloss apart from its text.
  private static func isAnnotation(_ scalar: Unicode.Scalar) -> Bool {
    ("\u{FFF9}"..."\u{FFFB}").contains(scalar)
  }

  private static func joined(_ text: String) -> String {
    guard text.contains("\n") else { return text }
    func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
    let lines = text.split(separator: "\n").map { line -> Substring in
      let end = line.lastIndex { !isBlank($0) }.map(line.index(after:)) ?? line.startIndex
      return line[..<end].drop(while: isBlank)
    }
    return lines.filter { !$0.isEmpty }.joined(separator: " ")
  }
}
