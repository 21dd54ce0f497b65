/// English words that numbers are made of.
enum NumberWords {
  static let zeros: Set<String> = ["o", "oh", "zero"]

  private static let onesInOrder = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
  ]

  /// One to nineteen.
  static let ones = Dictionary(
    uniqueKeysWithValues: onesInOrder.enumerated().map { ($0.element, $0.offset + 1) })

  private static let tensInOrder = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]

  static let tens = Dictionary(
    uniqueKeysWithValues: tensInOrder.enumerated().map { ($0.element, ($0.offset + 2) * 10) })

  /// Powers of ten, by how many zeros they have.
  static let multipliers: [String: Int] = [
    "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15,
    "quintillion": 18, "sextillion": 21, "septillion": 24, "octillion": 27, "nonillion": 30,
    "decillion": 33,
  ]

  /// Words that end a number: their value and what is written behind it.
  static let endingOnes: [String: (value: Int, suffix: String)] = {
    var words: [String: (value: Int, suffix: String)] = [
      "zeroth": (0, "th"), "first": (1, "st"), "second": (2, "nd"), "third": (3, "rd"),
      "fifth": (5, "th"), "twelfth": (12, "th"),
    ]
    for (name, value) in ones {
      words[name == "six" ? "sixes" : name + "s"] = (value, "s")
      if value > 3, value != 5, value != 12 {
        words[name + (name.hasSuffix("t") ? "h" : "th")] = (value, "th")
      }
    }
    return words
  }()

  static let endingTens: [String: (value: Int, suffix: String)] = {
    var words: [String: (value: Int, suffix: String)] = [:]
    for (name, value) in tens {
      words[name.dropLast() + "ies"] = (value, "s")
      words[name.dropLast() + "ieth"] = (value, "th")
    }
    return words
  }()

  static let endingMultipliers: [String: (zeros: Int, suffix: String)] = {
    var words: [String: (zeros: Int, suffix: String)] = [:]
    for (name, zeros) in multipliers {
      words[name + "s"] = (zeros, "s")
      words[name + "th"] = (zeros, "th")
    }
    return words
  }()

  /// Signs, which stand before a number.
  static let signs = ["minus": "-", "negative": "-", "plus": "+", "positive": "+"]

  /// Currencies, which are said behind a number and written before it.
  static let currencies = [
    "pound": "£", "pounds": "£", "euro": "€", "euros": "€", "dollar": "$", "dollars": "$",
    "cent": "¢", "cents": "¢",
  ]

  /// What may be written before a number.
  static let prefixes: Set<Character> = ["-", "+", "£", "€", "$", "¢"]

  /// What may stand in a number beside numbers.
  static let links: Set<String> = ["and", "double", "triple", "point"]

  /// Whether a word may follow a decimal point.
  static func isDecimal(_ word: String) -> Bool {
    ones[word] != nil || tens[word] != nil || zeros.contains(word)
  }

  /// Whether a word may be a part of a number.
  static func contains(_ word: String) -> Bool {
    isDecimal(word) || multipliers[word] != nil || endingOnes[word] != nil
      || endingTens[word] != nil || endingMultipliers[word] != nil || signs[word] != nil
      || currencies[word] != nil || word == "per" || word == "percent" || links.contains(word)
  }
}
