internal import Foundation

/// A word of a transcript, taken apart for comparison.
///
/// Marks round it are set aside. Of the rest, letters are made small, marks between them vanish,
/// and a digit that stands alone becomes a word, so that "server 2" and "server two" are the same.
/// A word of marks alone is what it is, without marks of sentences.
struct FoldedWord {
  /// Letters and digits, or marks where there are neither, in UTF-8.
  private(set) var key: [UInt8] = []
  /// Marks before the first letter or digit.
  let leading: Substring
  /// The text from the first letter or digit to the last.
  let core: Substring
  /// Marks behind the last letter or digit.
  let trailing: Substring

  init(_ text: String) {
    let stem = Self.possessor(text[...]) ?? text[...]
    guard stem.unicodeScalars.contains(where: Self.isLetterOrDigit) else {
      leading = text.prefix { Self.opening.contains($0) }
      let rest = text.dropFirst(leading.count)
      trailing = text.suffix(rest.reversed().prefix { Self.closing.contains($0) }.count)
      core = rest.dropLast(trailing.count)
      key = Array(core.utf8)
      return
    }
    // Strings of plain ASCII, nearly all, need no view of characters.
    let scalars = text.unicodeScalars
    let start = scalars.firstIndex(where: Self.isLetterOrDigit) ?? scalars.endIndex
    let last = scalars.lastIndex(where: Self.isLetterOrDigit)
    let end = last.map { Self.endOfMarks(in: scalars, after: $0) } ?? start
    leading = text[..<start]
    core = text[start..<end]
    trailing = text[end...]
    key = Self.key(of: core)
  }

  /// The word without the possessive's ending, and the marks behind it; nil where there is none.
  var stem: FoldedWord? {
    Self.possessor(core).flatMap { $0.isEmpty ? nil : FoldedWord(String(leading + $0)) }
  }

  /// Whether a term may go on in the next word: at most a comma or a dash is between them.
  var mayGoOn: Bool { trailing.unicodeScalars.allSatisfy { Self.transparent.contains($0) } }

  /// Whether a term that began before may go on in this word.
  var mayContinue: Bool { leading.unicodeScalars.allSatisfy { Self.transparent.contains($0) } }

  /// What the word adds to the key of words that follow each other: none, one, or two.
  ///
  /// Marks that part it from its neighbours may belong to a spelling of several words, such as
  /// `C++ code`: a key with them is in no form, but in the words of such a term.
  func keys(isFirst: Bool, isLast: Bool) -> [[UInt8]] {
    if key.isEmpty { return [] }
    if (isFirst || mayContinue) && (isLast || mayGoOn) { return [key] }
    let text = (isFirst ? "" : leading) + core + (isLast ? "" : trailing)
    return [Array(text.lowercased().utf8)]
  }

  /// Marks before a word that belong to the sentence.
  static let opening: Set<Character> = ["(", "[", "\"", "'", "“", "‘"]
  /// Marks behind a word that belong to the sentence.
  static let closing: Set<Character> = [
    ".", ",", "?", "!", ":", ";", ")", "]", "\"", "'", "”", "’",
  ]
  private static let transparent: Set<Unicode.Scalar> = [",", "-", "‐", "‑", "–", "—"]

  /// What two texts have in common that say the same.
  static func key(of text: some StringProtocol) -> [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(text.utf8.count + 4)
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      append(text.utf8, to: &key)
    } else {
      let plain = text.lowercased().precomposedStringWithCanonicalMapping
      for scalar in plain.unicodeScalars {
        if scalar == "’" {
          key.append(apostrophe)
        } else if scalar.isASCII || isLetterOrDigit(scalar) || isMark(scalar) {
          key += Array(String(scalar).utf8)
        }
      }
      let mixed = key
      key.removeAll(keepingCapacity: true)
      append(mixed, to: &key)
    }
    return key
  }

  /// Appends bytes: small letters, digits, apostrophes between letters, and what is not ASCII.
  private static func append(_ text: some Collection<UInt8>, to key: inout [UInt8]) {
    var digits: [UInt8] = []
    func flush() {
      if digits.count == 1 {
        key += digitNames[Int(digits[0] - 0x30)]
      } else {
        key += digits
      }
      digits.removeAll(keepingCapacity: true)
    }
    var before: UInt8 = 0
    for (byte, next) in zip(text, Array(text.dropFirst()) + [0]) {
      switch byte {
      case 0x30...0x39: digits.append(byte)
      // Of a thousand, which is one number.
      case 0x2C where !digits.isEmpty && (0x30...0x39).contains(next): break
      default:
        if !digits.isEmpty { flush() }
        switch byte {
        case 0x41...0x5A: key.append(byte | 0x20)
        case 0x61...0x7A, 0x80...: key.append(byte)
        case apostrophe where isLetter(before) && isLetter(next): key.append(byte)
        default: break
        }
      }
      before = byte
    }
    flush()
  }

  /// The text before "'s"; nil where it ends otherwise.
  private static func possessor(_ core: Substring) -> Substring? {
    guard core.utf8.last.map({ $0 | 0x20 }) == UInt8(ascii: "s") else { return nil }
    for ending in ["'s", "’s", "'S", "’S"] where core.hasSuffix(ending) {
      return core.dropLast(2)
    }
    return nil
  }

  private static let apostrophe = UInt8(ascii: "'")
  private static let digitNames = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
  ].map { Array($0.utf8) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
  }

  /// Whether it is a letter or a digit of ASCII.
  static func isPlain(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// Whether it is a letter or a digit of any script.
  static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return (0x30...0x39).contains(scalar.value) || (0x41...0x5A).contains(scalar.value)
        || (0x61...0x7A).contains(scalar.value)
    }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  /// Whether it belongs to the letter before it, as accents do.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  private static func endOfMarks(
    in scalars: String.UnicodeScalarView, after index: String.Index
  ) -> String.Index {
    var end = scalars.index(after: index)
    while end < scalars.endIndex, isMark(scalars[end]) { end = scalars.index(after: end) }
    return end
  }
}
