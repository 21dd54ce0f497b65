internal import Foundation
internal import System

/// A word of a transcript, taken apart for comparison.
///
/// Marks round it are set aside. Of the rest, letters are made small, marks between them vanish,
/// and a digit that stands alone becomes a word, so that "server 2" and "server two" are the same.
/// A word of marks alone is what it is, without marks of sentences. Immutable, and a class, because
/// searches pass words on and on.
package final class FoldedWord: Sendable {
  /// The word as it is written.
  let text: String
  /// Letters and digits, or marks where there are neither, in UTF-8.
  package let key: [UInt8]
  /// The hash of the key as the first word of a form.
  let hash: UInt64
  /// Marks before the first letter or digit.
  let leading: Substring
  /// The text from the first letter or digit to the last.
  let core: Substring
  /// Marks behind the last letter or digit.
  let trailing: Substring
  /// The word without the possessive's ending, and the marks behind it; nil where there is none,
  /// and of a stem.
  let stem: FoldedWord?
  /// Whether a term may go on in the next word: at most a comma or a dash is between them.
  let mayGoOn: Bool
  /// Whether a term that began before may go on in this word.
  let mayContinue: Bool

  /// Takes a word apart.
  ///
  /// - Parameter text: The word with the marks that hang on it.
  package convenience init(_ text: String) { self.init(text, isStem: false) }

  private init(_ text: String, isStem: Bool) {
    self.text = text
    if let (start, end) = Self.letters(of: text) {
      leading = text[..<start]
      core = text[start..<end]
      trailing = text[end...]
      key = Self.key(of: core)
    } else {
      leading = text.prefix { Self.opening.contains($0) }
      let rest = text.dropFirst(leading.count)
      trailing = text.suffix(rest.reversed().prefix { Self.closing.contains($0) }.count)
      core = rest.dropLast(trailing.count)
      key = Array(core.utf8)
    }
    hash = ContentHash(of: key).number
    mayGoOn = trailing.unicodeScalars.allSatisfy { Self.transparent.contains($0) }
    mayContinue = leading.unicodeScalars.allSatisfy { Self.transparent.contains($0) }
    let (lead, owner) = (leading, isStem ? nil : Self.possessor(core))
    stem = owner.flatMap { $0.isEmpty ? nil : FoldedWord(String(lead + $0), isStem: true) }
  }

  /// From the first letter or digit to behind the last; nil where there is none but the
  /// possessive's ending.
  private static func letters(of text: String) -> (start: String.Index, end: String.Index)? {
    let stem = possessor(text[...]) ?? text[...]
    // Strings of plain ASCII, nearly all, need no properties of characters.
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      guard stem.utf8.contains(where: isPlain), let start = text.utf8.firstIndex(where: isPlain),
        let last = text.utf8.lastIndex(where: isPlain)
      else { return nil }
      return (start, text.utf8.index(after: last))
    }
    let scalars = text.unicodeScalars
    guard stem.unicodeScalars.contains(where: isLetterOrDigit),
      let start = scalars.firstIndex(where: isLetterOrDigit),
      let last = scalars.lastIndex(where: isLetterOrDigit)
    else { return nil }
    return (start, endOfMarks(in: scalars, after: last))
  }

  /// What the word adds to the key of words that follow each other; nil for nothing.
  ///
  /// Marks that part it from its neighbours may belong to a spelling of several words, such as
  /// `C++ code`: a key with them is in no form, but in the words of such a term.
  func key(isFirst: Bool, isLast: Bool) -> [UInt8]? {
    if key.isEmpty { return nil }
    if (isFirst || mayContinue) && (isLast || mayGoOn) { return key }
    let text = (isFirst ? "" : leading) + core + (isLast ? "" : trailing)
    return Array(text.lowercased().utf8)
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
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return text.utf8.withContiguousStorageIfAvailable(key) ?? Array(text.utf8).withBytes(key)
    }
    var mixed: [UInt8] = []
    for scalar in text.lowercased().precomposedStringWithCanonicalMapping.unicodeScalars {
      if scalar == "’" {
        mixed.append(apostrophe)
      } else if scalar.isASCII || isLetterOrDigit(scalar) || isMark(scalar) {
        mixed += Array(String(scalar).utf8)
      }
    }
    return mixed.withBytes(key)
  }

  /// Small letters, digits, apostrophes between letters, and what is not ASCII.
  private static func key(of text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(text.count + 4)
    // Digits at the end of the key that are one number.
    var digits = 0
    func endNumber() {
      if digits == 1, let digit = key.popLast() { key += digitNames[Int(digit) - 0x30] }
      digits = 0
    }
    for (index, byte) in text.enumerated() {
      let before = index > 0 ? text[index - 1] : 0
      let next = index + 1 < text.count ? text[index + 1] : 0
      switch byte {
      case 0x30...0x39:
        key.append(byte)
        digits += 1
        continue
      // Of a thousand, which is one number.
      case 0x2C where digits > 0 && (0x30...0x39).contains(next): continue
      default: break
      }
      endNumber()
      switch byte {
      case 0x41...0x5A: key.append(byte | 0x20)
      case 0x61...0x7A, 0x80...: key.append(byte)
      case apostrophe where isLetter(before) && isLetter(next): key.append(byte)
      default: break
      }
    }
    endNumber()
    return key
  }

  /// The text before "'s"; nil where it ends otherwise.
  private static func possessor(_ core: Substring) -> Substring? {
    let end = core.utf8.suffix(2)
    guard end.count == 2, let last = end.last, last | 0x20 == UInt8(ascii: "s"),
      let mark = end.first, mark == apostrophe || mark >= 0x80
    else { return nil }
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

extension [UInt8] {
  fileprivate func withBytes<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
    withUnsafeBufferPointer(body)
  }
}
