/// How people read digits aloud.
enum NumberReadings {
  /// All readings of a run of ASCII digits, the usual one first, the digits themselves last.
  static func readings(of digits: String) -> [String] {
    let values = digits.utf8.map { Int($0) - 0x30 }
    var readings: [String] = []
    if values.first != 0 || values.count == 1 {
      switch values.count {
      case 1: readings.append(small[values[0]])
      case 2: readings.append(cardinal(values[0] * 10 + values[1]))
      case 3: readings += hundreds(values)
      case 4: readings += thousands(values)
      default: break
      }
    }
    readings += oneByOne(values)
    readings.append(digits)
    return readings.enumerated().filter { !readings[..<$0].contains($1) }.map(\.element)
  }

  /// Each digit for itself; "oh" for 0 first among others, for so most people say it.
  private static func oneByOne(_ values: [Int]) -> [String] {
    let words = values.map { small[$0] }.joined(separator: " ")
    guard values.contains(0) else { return [words] }
    let short = values.map { $0 == 0 ? "oh" : small[$0] }.joined(separator: " ")
    return values.count == 1 ? [words, short] : [short, words]
  }

  private static func hundreds(_ values: [Int]) -> [String] {
    let rest = values[1] * 10 + values[2]
    let full = "\(small[values[0]]) hundred"
    guard rest > 0 else { return [full] }
    return ["\(small[values[0]]) \(pair(rest))", "\(full) \(cardinal(rest))"]
  }

  private static func thousands(_ values: [Int]) -> [String] {
    let (upper, lower) = (values[0] * 10 + values[1], values[2] * 10 + values[3])
    var full = "\(small[values[0]]) thousand"
    if values[1] > 0 { full += " \(small[values[1]]) hundred" }
    if lower > 0 { full += " \(cardinal(lower))" }
    if values[1] == 0, lower < 10 { return [full] }
    return ["\(cardinal(upper)) \(lower == 0 ? "hundred" : pair(lower))", full]
  }

  /// Two digits behind others, from 1 to 99.
  private static func pair(_ value: Int) -> String {
    value < 10 ? "oh \(small[value])" : cardinal(value)
  }

  /// A number below 100.
  private static func cardinal(_ value: Int) -> String {
    if value < 20 { return small[value] }
    let (ten, one) = value.quotientAndRemainder(dividingBy: 10)
    return one == 0 ? tens[ten] : "\(tens[ten]) \(small[one])"
  }

  private static let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
  ]
  private static let tens = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]
}
