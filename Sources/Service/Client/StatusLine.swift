internal import Foundation

/// What a status bar shows: the state of a daemon that runs, or that there is none.
package struct StatusLine: Equatable, Sendable {
  /// The daemon's state; nil where it does not run.
  package let state: DaemonState?
  /// What keeps it from working.
  package let problem: ServiceError?

  /// A line.
  package init(state: DaemonState?, problem: ServiceError? = nil) {
    self.state = state
    self.problem = state == .error ? problem : nil
  }

  /// One word: the state's name, or `stopped`.
  package var word: String { state?.rawValue ?? "stopped" }

  /// One line of JSON: `{"state":"idle"}`.
  package var json: String { Self.line(["state": word]) }

  /// One line as Waybar's custom modules take it.
  package var waybar: String {
    let about = problem.map { ": \($0.message)" } ?? ""
    return Self.line([
      "text": word, "alt": word, "class": word, "tooltip": "utter: \(word)\(about)",
    ])
  }

  private static func line(_ fields: [String: String]) -> String {
    (try? Wire.encoder.encode(fields)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

extension StatusLine {
  /// Tells every change from now on, also that the daemon ends and that it comes back.
  ///
  /// - Parameter body: Is told; ends it all by throwing.
  /// - Throws: What the body throws.
  package static func follow<Failure: Error>(
    _ body: (StatusLine) throws(Failure) -> Void
  ) throws(Failure) -> Never {
    var last: StatusLine?
    func tell(_ line: StatusLine) throws(Failure) {
      guard line != last else { return }
      last = line
      try body(line)
    }
    let topics: Set<Topic> = [.state, .error]
    var client = try? DaemonClient(on: topics)
    while true {
      var state: DaemonState?
      var problem: ServiceError?
      while let news = try? client?.notification() {
        if case .state(let new) = news { state = new }
        if case .error(let error) = news { problem = error }
        if let state { try tell(StatusLine(state: state, problem: problem)) }
      }
      try tell(StatusLine(state: nil))
      client = .again(on: topics)
    }
  }
}
