import Foundation

/// One line on stderr that shows how far a long command has come.
///
/// Nothing is drawn where stderr is no terminal; `NO_COLOR` leaves out colours.
final class ProgressBar {
  private let title: String
  private let isVisible = isatty(STDERR_FILENO) == 1
  private let isColoured = ProcessInfo.processInfo.environment["NO_COLOR"] ?? "" == ""
  private var shownPercent = -1
  private var next = ContinuousClock.now

  private static let width = 40

  init(_ title: String) { self.title = title }

  /// Draws a part from 0 to 1, where it differs from the last one by a percent, or where there is a
  /// text to it and some time has passed.
  func show(_ part: Double, _ text: String = "") {
    let percent = Int((part * 100).rounded(.down))
    let isDue = percent != shownPercent || !text.isEmpty && next <= .now
    guard isVisible, isDue else { return }
    (shownPercent, next) = (percent, .now + .milliseconds(200))
    let filled = percent * Self.width / 100
    let bar = String(repeating: "█", count: filled)
    let empty = String(repeating: "░", count: Self.width - filled)
    let painted = isColoured ? "\u{1b}[36m\(bar)\u{1b}[0m\(empty)" : bar + empty
    let rest = text.isEmpty ? "" : "  \(text)\u{1b}[K"
    printToStandardError("\r\(title) \(painted) \(percent) %\(rest)")
  }

  /// Removes the line.
  func clear() {
    guard isVisible, shownPercent >= 0 else { return }
    shownPercent = -1
    printToStandardError("\r\u{1b}[K")
  }
}
