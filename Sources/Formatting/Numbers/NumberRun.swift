/// Number words that follow each other: "nineteen eighty four", "two hundred and five".
struct NumberRun: Sendable, Equatable {
  /// Numbers that are said one after the other; written together they are one: 19 and 84.
  private(set) var groups: [String]
  /// Words that were read.
  private(set) var count: Int
  /// A million or more behind a short number, which stays a word: "5 million".
  private(set) var scaleWord: String?
  /// Whether one word says it all, and a number below ten.
  private(set) var isSmall: Bool
  /// Whether the model wrote all of it in digits.
  private(set) var isLiteral: Bool

  /// All digits: short numbers are parts of a longer one, and a long one is a number of its own.
  var digits: String { groups.joined(separator: isOneNumber ? "" : " ") }
  /// Whether the groups are one number.
  var isOneNumber: Bool { groups.count == 1 || groups.allSatisfy { $0.utf8.count <= 2 } }
  /// The number, where it is not too large.
  var value: Int? { Int(digits) }

  /// Words that a run may have.
  private static let longest = 40

  /// Reads the number words from a place on.
  ///
  /// - Parameters:
  ///   - reader: Words.
  ///   - start: The place of the first.
  ///   - mayBeginWithOh: Whether "oh" may be the first digit.
  /// - Returns: nil where there are none, or none that make a number.
  /// - Throws: `Undecided` where they may go on.
  static func read(
    _ reader: WordReader, at start: Int, mayBeginWithOh: Bool = false
  ) throws(Undecided) -> NumberRun? {
    guard let first = try reader.word(start) else { return nil }
    var words: [NumberWord] = []
    var (count, hasOh) = (0, false)
    var next: HeardWord? = first
    while count < longest, let word = next {
      if let number = NumberWord(word) {
        words.append(number)
      } else if word.key == "oh" || word.key == "o", !words.isEmpty || mayBeginWithOh {
        // It is a zero before a digit, and behind one where there is another: "eight oh eight oh".
        let next = try reader.following(start + count + 1).flatMap(NumberWord.init)
        if case .digit? = next {
          hasOh = true
        } else if !hasOh || words.last?.isDigit != true {
          break
        }
        words.append(.digit(0))
      } else if word.key == "and", words.last?.isRound == true {
        guard let behind = try reader.following(start + count + 1).flatMap(NumberWord.init),
          behind.isBelowHundred, word.mark.isEmpty
        else { break }
      } else {
        break
      }
      count += 1
      next = try reader.following(start + count)
    }
    return NumberRun(words, count: count)
  }

  private init?(_ words: [NumberWord], count: Int) {
    guard !words.isEmpty else { return nil }
    self.count = count
    groups = []
    isLiteral = words.allSatisfy { if case .literal = $0 { true } else { false } }
    if words.count == 1, case .digit = words[0] { isSmall = true } else { isSmall = false }
    var rest = words[...]
    while !rest.isEmpty {
      if case .literal(let digits) = rest[rest.startIndex] {
        groups.append(digits)
        rest = rest.dropFirst()
      } else if let (number, scale) = Self.cardinal(&rest) {
        groups.append(number)
        if let scale, rest.isEmpty, groups.count == 1 {
          scaleWord = scale
        } else if let scale {
          groups[groups.count - 1] += Self.zeros(of: scale)
        }
      } else {
        return nil
      }
    }
  }

  /// Takes one number off the front.
  ///
  /// - Returns: Its digits, and the large scale that they count; nil where there is none.
  private static func cardinal(
    _ words: inout ArraySlice<NumberWord>
  ) -> (digits: String, scale: String?)? {
    guard let first = belowThousand(&words) else { return nil }
    guard case .scale(let scale)? = words.first else { return ("\(first)", nil) }
    words = words.dropFirst()
    if words.isEmpty, scale >= 1_000_000 { return ("\(first)", name(of: scale)) }
    var total = first * scale
    var least = scale
    while true {
      var rest = words
      // "two thousand twenty six", "one million two hundred thousand"
      guard let part = belowThousand(&rest) else { break }
      if case .scale(let smaller)? = rest.first {
        guard smaller < least else { break }
        (total, least) = (total + part * smaller, smaller)
        words = rest.dropFirst()
      } else {
        guard least >= 1_000 else { break }
        total += part
        words = rest
        break
      }
    }
    return ("\(total)", nil)
  }

  private static func belowThousand(_ words: inout ArraySlice<NumberWord>) -> Int? {
    guard let head = belowHundred(&words) else { return nil }
    guard words.first == .hundred, head > 0 else { return head }
    words = words.dropFirst()
    var rest = words
    // In "one hundred two hundred" the second begins another number.
    guard let tail = belowHundred(&rest), tail > 0, rest.first != .hundred else {
      return head * 100
    }
    words = rest
    return head * 100 + tail
  }

  private static func belowHundred(_ words: inout ArraySlice<NumberWord>) -> Int? {
    switch words.first {
    case .digit(let number), .teen(let number), .compound(let number):
      words = words.dropFirst()
      return number
    case .tens(let number):
      words = words.dropFirst()
      guard case .digit(let digit)? = words.first, digit > 0 else { return number }
      words = words.dropFirst()
      return number + digit
    case .hundred, .scale, .literal, nil: return nil
    }
  }

  private static func name(of scale: Int) -> String {
    switch scale {
    case 1_000_000: "million"
    case 1_000_000_000: "billion"
    default: "trillion"
    }
  }

  private static func zeros(of scale: String) -> String {
    String(repeating: "0", count: scale == "million" ? 6 : scale == "billion" ? 9 : 12)
  }
}

extension NumberWord {
  /// Whether it needs a number before it: hundred, thousand and so on.
  var isRound: Bool { self == .hundred || isScale }

  fileprivate var isDigit: Bool { if case .digit = self { true } else { false } }

  fileprivate var isScale: Bool { if case .scale = self { true } else { false } }

  fileprivate var isBelowHundred: Bool {
    switch self {
    case .digit, .teen, .tens, .compound: true
    case .hundred, .scale, .literal: false
    }
  }
}
