/// A spelling cut where its writer would see a border.
struct SpellingParts {
  /// A part of a spelling.
  enum Part: Equatable {
    /// Letters of one word, as they are spelled.
    case letters(String)
    /// ASCII digits.
    case digits(String)
    /// A mark between them, or two colons.
    case mark(String)
    case space
  }

  /// Parts in their order.
  private(set) var parts: [Part] = []

  init(_ spelling: String) {
    var letters: [Unicode.Scalar] = []
    var digits = ""
    let scalars = Array(spelling.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let isDigit = (0x30...0x39).contains(scalar.value)
      if isDigit {
        addWords(letters, beforeDigit: true)
        letters.removeAll()
        digits.unicodeScalars.append(scalar)
      } else {
        add(digits: &digits)
        if FoldedWord.isLetterOrDigit(scalar)
          || !letters.isEmpty && (FoldedWord.isMark(scalar) || Self.isContraction(scalars, index))
        {
          letters.append(scalar)
        } else {
          addWords(letters, beforeDigit: false)
          letters.removeAll()
          index += addMark(scalars, index)
        }
      }
      index += 1
    }
    addWords(letters, beforeDigit: false)
    add(digits: &digits)
  }

  private mutating func add(digits: inout String) {
    if !digits.isEmpty { parts.append(.digits(digits)) }
    digits = ""
  }

  /// Adds a mark, and tells how many more scalars belong to it.
  private mutating func addMark(_ scalars: [Unicode.Scalar], _ index: Int) -> Int {
    let scalar = scalars[index]
    if scalar == ":", index + 1 < scalars.count, scalars[index + 1] == ":" {
      parts.append(.mark("::"))
      return 1
    }
    parts.append(scalar == " " ? .space : .mark(String(scalar)))
    return 0
  }

  /// Whether the apostrophe belongs to a word such as "don't".
  private static func isContraction(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    guard scalars[index] == "'" || scalars[index] == "’" else { return false }
    let rest = scalars[(index + 1)...].prefix { FoldedWord.isLetterOrDigit($0) }
    return ["t", "s", "re", "ll", "ve", "d", "m"].contains(String(String.UnicodeScalarView(rest)))
  }

  /// Cuts letters at capitals: before one behind a small letter, and before the last one of several
  /// that a small letter follows, for that one begins a word.
  private mutating func addWords(_ letters: [Unicode.Scalar], beforeDigit: Bool) {
    var start = 0
    var index = 1
    func cut(_ end: Int, _ parts: inout [Part]) {
      guard end > start else { return }
      parts.append(.letters(Self.text(letters[start..<end])))
      start = end
    }
    while index < letters.count {
      let (isUpper, wasUpper) = (Self.isUpper(letters[index]), Self.isUpper(letters[index - 1]))
      if isUpper, !wasUpper {
        cut(index, &parts)
      } else if !isUpper, wasUpper, index - start > 1 {
        let next = index + 1 < letters.count ? letters[index + 1] : nil
        let isLast = next.map(Self.isUpper) ?? true
        if letters[index] == "v", next == nil, beforeDigit {
          // A version: "RBACv2".
          cut(index, &parts)
        } else if letters[index] == "s", isLast {
          // A plural: "URLs".
          cut(index + 1, &parts)
        } else {
          cut(index - 1, &parts)
        }
      }
      index += 1
    }
    cut(letters.count, &parts)
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    guard scalars.allSatisfy(\.isASCII) else { return String(String.UnicodeScalarView(scalars)) }
    return String(unsafeUninitializedCapacity: scalars.count) { bytes in
      for (index, scalar) in scalars.enumerated() { bytes[index] = UInt8(scalar.value) }
      return scalars.count
    }
  }

  private static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? (0x41...0x5A).contains(scalar.value) : scalar.properties.isUppercase
  }
}
