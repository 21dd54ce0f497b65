extension StatusLine {
  /// Tells every change from now on, also that the daemon ends and that it comes back.
  ///
  /// - Parameters:
  ///   - showsTime: Whether time and loudness of a dictation are told, too, four times a second.
  ///   - body: Is told; ends it all by throwing.
  /// - Throws: What the body throws, and where the environment names no daemon.
  package static func follow(
    showingTime showsTime: Bool = false, _ body: (StatusLine) throws -> Void
  ) throws -> Never {
    var last: StatusLine?
    var following = Following(showsTime: showsTime)
    var client = try LastingClient(on: showsTime ? [.state, .error, .level] : [.state, .error])
    while true {
      guard let line = following.hear(client.next()), line != last else { continue }
      last = line
      try body(line)
    }
  }
}

/// What is known of a daemon that tells what changes.
private struct Following {
  let showsTime: Bool
  private var line = StatusLine()
  /// When the dictation began that goes on.
  private var start: ContinuousClock.Instant?
  private var lastLevel: ContinuousClock.Instant?

  private static let levelInterval = Duration.milliseconds(250)
  /// Seconds that a daemon has to answer.
  private static let patience = 5

  init(showsTime: Bool) { self.showsTime = showsTime }

  /// Understands news.
  ///
  /// - Returns: What there is to show now; nil where it is not known, or nothing changed.
  mutating func hear(_ news: LastingClient.News) -> StatusLine? {
    switch news {
    case .notification(.state(let state), _): enter(state)
    case .notification(.error(let error), _): line.problem = error
    case .notification(.level(_, let peak), _):
      guard let start, lastLevel.map({ $0 + Self.levelInterval <= .now }) ?? true else {
        return nil
      }
      lastLevel = .now
      line.seconds = Int(start.duration(to: .now) / .seconds(1))
      line.blocks = StatusLine.blocks(peak)
    case .absent:
      (line, start) = (StatusLine(), nil)
      return line
    case .present, .interruption, .notification: return nil
    }
    return line.state == nil ? nil : line
  }

  private mutating func enter(_ state: DaemonState) {
    // What was wrong may be over, or was told before anybody listened.
    let report = Self.report()
    let problem = report.map { $0.problem?.error } ?? (state == .error ? line.problem : nil)
    line = StatusLine(state: state, problem: problem)
    start = nil
    guard state == .recording, showsTime else { return }
    let before = report?.recordedSeconds ?? 0
    start = .now - .seconds(before)
    line.seconds = Int(before)
  }

  /// How the daemon is, asked on a connection of its own: an answer that does not come holds up
  /// nothing else for long.
  private static func report() -> StatusReport? {
    guard let client = try? DaemonClient() else { return nil }
    client.giveUp(after: patience)
    return try? client.call(.status)
  }
}
