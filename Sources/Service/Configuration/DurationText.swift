/// Durations as people write them: "500ms", "1.5h", "30d", or plain seconds.
enum DurationText {
  /// Units from the shortest to the longest, in milliseconds.
  private static let units: [(name: String, milliseconds: Double)] = [
    ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
  ]

  /// Reads a number and its unit; nil where it is something else, negative, or beyond 1000 years.
  static func parse(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text[digits.endIndex...].drop { $0 == " " }
    guard let number = Double(digits) else { return nil }
    if unit.isEmpty { return duration(number * 1_000) }
    guard let factor = units.first(where: { $0.name == unit })?.milliseconds else { return nil }
    return duration(number * factor)
  }

  /// So many seconds; nil where that is no duration.
  static func seconds(_ number: Double) -> Duration? { duration(number * 1_000) }

  /// The shortest text that `parse` reads back.
  static func text(_ duration: Duration) -> String {
    let milliseconds = Int((duration / .milliseconds(1)).rounded())
    let unit = units.last {
      milliseconds >= Int($0.milliseconds) && milliseconds % Int($0.milliseconds) == 0
    }
    guard let unit else { return "0ms" }
    return "\(milliseconds / Int(unit.milliseconds))\(unit.name)"
  }

  private static func duration(_ milliseconds: Double) -> Duration? {
    guard milliseconds >= 0, milliseconds <= 1_000 * 366 * 86_400_000 else { return nil }
    return .milliseconds(Int64(milliseconds.rounded()))
  }
}
