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
  /// - Throws: What the body throws, and where the environment names no daemon.
  package static func follow(_ body: (StatusLine) throws -> Void) throws -> Never {
    var last: StatusLine?
    func tell(_ line: StatusLine) throws {
      guard line != last else { return }
      last = line
      try body(line)
    }
    var client = try LastingClient(on: [.state, .error])
    var state: DaemonState?
    var problem: ServiceError?
    while true {
      switch client.next() {
      case .notification(.state(let new), _): state = new
      case .notification(.error(let error), _): problem = error
      case .absent:
        (state, problem) = (nil, nil)
        try tell(StatusLine(state: nil))
      case .present, .interruption, .notification: break
      }
      if let state { try tell(StatusLine(state: state, problem: problem)) }
    }
  }
}
