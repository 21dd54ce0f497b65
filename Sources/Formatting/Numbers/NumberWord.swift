/// A word that says a number or a part of one.
enum NumberWord: Sendable, Equatable {
  /// 0 … 9.
  case digit(Int)
  /// 10 … 19.
  case teen(Int)
  /// 20, 30 … 90.
  case tens(Int)
  /// 20 … 99 in one word: "twenty-one".
  case compound(Int)
  case hundred
  /// A thousand, a million and so on.
  case scale(Int)
  /// Digits that the model wrote.
  case literal(String)

  private static let names: [String: NumberWord] = {
    var names: [String: NumberWord] = [
      "hundred": .hundred, "thousand": .scale(1_000), "million": .scale(1_000_000),
      "billion": .scale(1_000_000_000), "trillion": .scale(1_000_000_000_000),
    ]
    for (index, name) in digitNames.enumerated() { names[name] = .digit(index) }
    for (index, name) in teenNames.enumerated() { names[name] = .teen(10 + index) }
    for (tens, name) in tensNames.enumerated() {
      names[name] = .tens(20 + 10 * tens)
      for (digit, last) in digitNames.enumerated().dropFirst() {
        names["\(name)-\(last)"] = .compound(20 + 10 * tens + digit)
      }
    }
    return names
  }()

  static let digitNames = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
  ]
  private static let teenNames = [
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
  ]
  private static let tensNames = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]

  /// What a word says; nil where it is no number.
  init?(_ word: HeardWord) {
    if let number = Self.names[word.key] {
      self = number
    } else if !word.key.isEmpty, word.key.utf8.count <= 18,
      word.key.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    {
      self = .literal(word.key)
    } else {
      return nil
    }
  }
}
