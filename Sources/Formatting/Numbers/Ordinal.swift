/// A word that says a day's place in its month.
enum Ordinal {
  private static let first = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
  ]

  /// The number from 1 to 31 that is said at a place, and in how many words.
  static func day(_ reader: WordReader, at place: Int) throws(Undecided) -> (Int, Int)? {
    guard let word = try reader.word(place) else { return nil }
    if let index = first.firstIndex(of: word.key) { return (index + 1, 1) }
    if word.key == "twentieth" { return (20, 1) }
    if word.key == "thirtieth" { return (30, 1) }
    if let day = day(word.key) { return (day, 1) }
    let parts = word.key.split(separator: "-")
    if parts.count == 2, let tens = tens(parts[0]), let index = first.firstIndex(of: "\(parts[1])"),
      index < 9
    {
      return valid(tens + index + 1, 1)
    }
    guard let tens = tens(word.key), let next = try reader.following(place + 1),
      let index = first.firstIndex(of: next.key), index < 9
    else { return nil }
    return valid(tens + index + 1, 2)
  }

  /// "3rd".
  static func written(_ day: Int) -> String {
    switch day {
    case 1, 21, 31: "\(day)st"
    case 2, 22: "\(day)nd"
    case 3, 23: "\(day)rd"
    default: "\(day)th"
    }
  }

  private static func tens(_ word: some StringProtocol) -> Int? {
    word == "twenty" ? 20 : word == "thirty" ? 30 : nil
  }

  private static func valid(_ day: Int, _ count: Int) -> (Int, Int)? {
    day <= 31 ? (day, count) : nil
  }

  /// "3rd" as a model writes it.
  private static func day(_ key: String) -> Int? {
    guard ["st", "nd", "rd", "th"].contains(where: key.hasSuffix), let day = Int(key.dropLast(2)),
      (1...31).contains(day)
    else { return nil }
    return day
  }
}
