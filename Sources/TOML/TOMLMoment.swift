/// Dates and times as TOML has them (RFC 3339): recognised, and kept as they are written.
enum TOMLMoment {
  /// Whether a word is a date, a time, or a date and a time with or without an offset.
  static func isOne(_ word: [UInt8]) -> Bool {
    guard isDate(word.prefix(10)) else { return isTime(word[...]) }
    guard word.count > 10 else { return true }
    switch word[10] {
    case UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " "):
      return isTime(withoutOffset(word[11...]))
    default: return false
    }
  }

  /// Whether a word is `YYYY-MM-DD`, and such a day is in the calendar.
  static func isDate(_ word: ArraySlice<UInt8>) -> Bool {
    let parts = word.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let year = number(parts[0]),
      let month = number(parts[1]), let day = number(parts[2]), (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  /// Whether a word is `HH:MM`, with or without `:SS` and a fraction of the second.
  private static func isTime(_ word: ArraySlice<UInt8>) -> Bool {
    let parts = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), isPart(parts[0], below: 24), isPart(parts[1], below: 60)
    else { return false }
    guard parts.count == 3 else { return true }
    let seconds = parts[2].split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    // 60 is a leap second.
    guard isPart(seconds[0], below: 61) else { return false }
    return seconds.count == 1 || !seconds[1].isEmpty && seconds[1].allSatisfy(isDigit)
  }

  /// A time without `Z` or `+HH:MM` at its end.
  private static func withoutOffset(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if word.last.map({ $0 | 0x20 }) == UInt8(ascii: "z") { return word.dropLast() }
    let offset = word.suffix(6)
    guard offset.count == 6, let sign = offset.first,
      sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
    else { return word }
    let parts = offset.dropFirst().split(separator: UInt8(ascii: ":"))
    guard parts.count == 2, isPart(parts[0], below: 24), isPart(parts[1], below: 60) else {
      return word
    }
    return word.dropLast(6)
  }

  private static func isPart(_ word: ArraySlice<UInt8>, below limit: Int) -> Bool {
    word.count == 2 && number(word).map { $0 < limit } ?? false
  }

  private static func number(_ word: ArraySlice<UInt8>) -> Int? {
    TOMLScalar.number(word, radix: 10)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
