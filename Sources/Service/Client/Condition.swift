internal import Foundation

/// What a status bar shows: the state of a daemon that runs, or that there is none.
package struct Condition: Equatable, Sendable {
  /// The daemon's state; nil where it does not run.
  package let state: State?
  /// What keeps it from working.
  package let problem: Complaint?

  /// A condition.
  package init(state: State?, problem: Complaint? = nil) {
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

extension Condition {
  /// Tells every change from now on, also that the daemon ends and that it comes back.
  ///
  /// - Parameter body: Is told; ends it all by throwing.
  /// - Throws: What the body throws.
  package static func follow<Failure: Error>(
    _ body: (Condition) throws(Failure) -> Void
  ) throws(Failure) -> Never {
    var last: Condition?
    func tell(_ condition: Condition) throws(Failure) {
      guard condition != last else { return }
      last = condition
      try body(condition)
    }
    let topics: Set<Topic> = [.state, .error]
    var client = try? DaemonClient(on: topics)
    while true {
      var state: State?
      var problem: Complaint?
      while let news = try? client?.notification() {
        if case .state(let new) = news { state = new }
        if case .error(let complaint) = news { problem = complaint }
        if let state { try tell(Condition(state: state, problem: problem)) }
      }
      try tell(Condition(state: nil))
      client = .again(on: topics)
    }
  }
}
