internal import Foundation
internal import Glibc

/// What a status bar shows: the state of a daemon that runs, or that there is none.
package struct StatusLine: Equatable, Sendable {
  /// The daemon's state; nil where it does not run.
  package var state: DaemonState?
  /// What does not work.
  package var problem: ServiceError?
  /// Seconds of the dictation that goes on.
  package var seconds: Int?
  /// How loud it is there, as a number of blocks, 0 to 8.
  package var blocks: Int?

  /// A line about a daemon that says no more, or about none.
  package init(state: DaemonState? = nil, problem: ServiceError? = nil) {
    self.state = state
    self.problem = problem
  }

  /// A line about a daemon that says how it is.
  package init(_ report: StatusReport) {
    self.init(state: report.state, problem: report.problem?.error)
    seconds = report.recordedSeconds.map { Int($0) }
  }

  /// One word: the state's name, or `stopped`.
  package var word: String { state?.rawValue ?? "stopped" }

  /// One line of JSON: `{"state":"idle"}`, and `problem` where there is one.
  package var json: String {
    var fields = ["state": word]
    fields["problem"] = problem?.message
    return Self.line(fields)
  }

  /// One line as Waybar's custom modules take it: `recording 0:07 ▅`.
  package var waybar: String {
    var text = [word]
    if state == .recording {
      if let seconds { text.append(String(format: "%d:%02d", seconds / 60, seconds % 60)) }
      if let blocks { text.append(Self.bars[blocks]) }
    }
    let about = problem.map { ": \($0.message)" } ?? ""
    return Self.line([
      "text": text.joined(separator: " "), "alt": word, "class": word,
      "tooltip": "utter: \(word)\(about)",
    ])
  }

  private static let bars = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// How many blocks a magnitude is, 1 at full scale: one for 7.5 decibels above -60.
  static func blocks(_ magnitude: Float) -> Int {
    guard magnitude > 0 else { return 0 }
    return Int(min(max((20 * log10(magnitude) + 60) / 7.5, 0), 8).rounded())
  }

  private static func line(_ fields: [String: String]) -> String {
    (try? Wire.encoder.encode(fields)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
