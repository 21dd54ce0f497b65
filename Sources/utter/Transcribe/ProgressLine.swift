import Foundation
import System

/// One line on a terminal that says how far a file is and how long it will take.
///
/// Nothing is shown where stderr is no terminal, nor in the first second.
struct ProgressLine {
  private let name: String
  private let duration: Double?
  private let start = ContinuousClock.now
  private var next = Duration.seconds(1)
  private static let isShown = isatty(2) == 1

  /// A line for a file of so many seconds, if they are known.
  init(name: String, duration: Double?) {
    self.name = URL(fileURLWithPath: name).lastPathComponent.printable
    self.duration = duration
  }

  /// Shows that so many seconds of the recording are done.
  mutating func update(_ seconds: Double) {
    let elapsed = start.duration(to: .now)
    guard Self.isShown, elapsed >= next else { return }
    next = elapsed + .milliseconds(200)
    var line = "\(name)  \(Self.clock(seconds))"
    if let duration, duration > 0 {
      let share = min(1, seconds / duration)
      line = "\(name)  \(Int(share * 100)) %"
      if share > 0 {
        line += "  \(Self.clock(elapsed / .seconds(1) * (1 / share - 1))) left"
      }
    }
    printToStandardError("\r\u{1B}[K\(line)")
  }

  /// Removes the line.
  static func clear() {
    if isShown { printToStandardError("\r\u{1B}[K") }
  }

  private static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    let (minutes, rest) = whole.quotientAndRemainder(dividingBy: 60)
    return "\(minutes):\(rest < 10 ? "0" : "")\(rest)"
  }
}
