import Foundation
import Models

/// Shows how far an installation is: one bar for each of its steps.
///
/// Called from one thread.
final class InstallProgress {
  private var bar: (title: String, bar: ProgressBar)?
  private var pace = Pace()

  /// Shows a step.
  func show(_ step: ModelInstall.Step) {
    switch step {
    case .fetching(let done, let total):
      let text = pace.text(done: done, total: total, at: .now)
      bar(titled: "Fetching").show(total.map { Double(done) / Double(max(1, $0)) } ?? 0, text)
    case .verifying(let part): bar(titled: "Verifying").show(part)
    case .importing(let part): bar(titled: "Importing").show(part)
    }
  }

  /// Removes the line.
  func clear() { bar?.bar.clear() }

  private func bar(titled title: String) -> ProgressBar {
    if let bar, bar.title == title { return bar.bar }
    bar?.bar.clear()
    let new = ProgressBar(title)
    bar = (title, new)
    return new
  }
}

/// How quickly bytes come, by those of the last seconds.
private struct Pace {
  private var marks: [(time: ContinuousClock.Instant, done: Int)] = []
  private static let window = Duration.seconds(10)

  /// What stands behind the bar: `1.2 of 2.5 GB, 24 MB/s, 0:54 left`.
  mutating func text(done: Int, total: Int?, at time: ContinuousClock.Instant) -> String {
    if marks.last.map({ $0.time.duration(to: time) > .milliseconds(200) }) ?? true {
      marks.append((time, done))
    }
    marks.removeAll { $0.time.duration(to: time) > Self.window }
    guard let total else { return String(format: "%.0f MB", Double(done) / 1e6) }
    let extent = String(format: "%.2f of %.2f GB", Double(done) / 1e9, Double(total) / 1e9)
    guard let first = marks.first else { return extent }
    let seconds = first.time.duration(to: time) / .seconds(1)
    let speed = seconds > 1 ? Double(done - first.done) / seconds : 0
    guard speed > 0 else { return extent }
    let left = clock(Double(total - done) / speed)
    return extent + String(format: ", %.1f MB/s, ", speed / 1e6) + "\(left) left"
  }
}
