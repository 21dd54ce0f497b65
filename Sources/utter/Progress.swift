import Foundation

/// One line on stderr that shows how far a long command has come.
///
/// Nothing is drawn where stderr is no terminal; `NO_COLOR` leaves out colours.
final class ProgressBar {
  private let title: String
  private let isVisible = isatty(STDERR_FILENO) == 1
  private let isColoured = ProcessInfo.processInfo.environment["NO_COLOR"] ?? "" == ""
  private var shownPercent = -1

  private static let width = 40

  init(_ title: String) { self.title = title }

  /// Draws a part from 0 to 1, where it differs from the last one by a percent.
  func show(_ part: Double) {
    let percent = Int((part * 100).rounded(.down))
    guard isVisible, percent != shownPercent else { return }
    shownPercent = percent
    let filled = percent * Self.width / 100
    let bar = String(repeating: "█", count: filled)
    let rest = String(repeating: "░", count: Self.width - filled)
    let painted = isColoured ? "\u{1b}[36m\(bar)\u{1b}[0m\(rest)" : bar + rest
    printToStandardError("\r\(title) \(painted) \(percent) %")
  }

  /// Removes the line.
  func clear() {
    guard isVisible, shownPercent >= 0 else { return }
    shownPercent = -1
    printToStandardError("\r\u{1b}[K")
  }
}
