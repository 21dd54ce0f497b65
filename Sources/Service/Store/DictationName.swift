internal import Foundation

/// What names a dictation: when it began, in UTC, and a few letters that no other has.
///
/// `20261122T091500Z-7f3a9c`; the time is all that is left of a dictation whose daemon died.
package enum DictationName {
  /// A new name.
  package static func now() -> String {
    begin(at: .now) + "-" + String(UInt64.random(in: 0..<1 << 32), radix: 36)
  }

  /// How the names begin of dictations that began at a time.
  static func begin(at time: Date) -> String {
    time.formatted(.iso8601).filter { !"-:".contains($0) }
  }

  /// When a dictation began: RFC 3339, in UTC; now for a name of somebody else's.
  static func time(of name: String) -> String { begin(of: name) ?? Date.now.formatted(.iso8601) }

  /// When a dictation began: RFC 3339, in UTC; nil for a name of somebody else's.
  static func begin(of name: String) -> String? {
    let digits = name.prefix { $0 != "-" }.filter(\.isWholeNumber)
    let style = Date.ParseStrategy(
      format: """
        \(year: .padded(4))\(month: .twoDigits)\(day: .twoDigits)\
        \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))\
        \(minute: .twoDigits)\(second: .twoDigits)
        """, timeZone: .gmt)
    return (try? Date(String(digits), strategy: style))?.formatted(.iso8601)
  }
}
