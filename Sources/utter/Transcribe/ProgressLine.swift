import Foundation
import System

/// One line on a terminal that says how far a recording is, and of several how far all are.
///
/// Nothing is shown where stderr is no terminal, nor in the first second.
struct ProgressLine {
  private var next = Duration.seconds(1)
  private static let isShown = isatty(2) == 1
  private static let longestName = 30

  /// Shows how far the run is.
  mutating func update(_ work: WorkMeter) {
    let elapsed = work.elapsed
    guard Self.isShown, elapsed >= next else { return }
    next = elapsed + .milliseconds(200)
    var parts = work.isSeveral ? [work.state] : []
    if work.open.count == 1, let open = work.open.first?.value {
      parts.append(
        String(
          PathSpelling.shown(FilePath(open.file).name.spelling).printable
            .prefix(Self.longestName)))
      parts.append(open.share.map { "\(Int($0 * 100)) %" } ?? clock(open.seconds))
    }
    if let left = work.remaining { parts.append("\(clock(left)) left") }
    printToStandardError("\r\u{1B}[K\(parts.joined(separator: "  "))")
  }

  /// Removes the line.
  static func clear() {
    if isShown { printToStandardError("\r\u{1B}[K") }
  }
}

/// Seconds as minutes and seconds, with hours where there are any.
func clock(_ seconds: Double) -> String {
  let whole = Int(seconds.rounded())
  let parts = [whole / 3600, whole / 60 % 60, whole % 60].drop { $0 == 0 }.suffix(3)
  let shown = parts.count < 2 ? [whole / 60, whole % 60] : Array(parts)
  return shown.enumerated().map { $0 > 0 && $1 < 10 ? "0\($1)" : "\($1)" }.joined(separator: ":")
}
