internal import Audio

/// What the daemon does, as all its threads note it down; clients are told when it changes.
final class Board: Sendable {
  /// What there is to know.
  struct Facts {
    /// The dictation whose key is held.
    var recording: Recording?
    /// Dictations whose key is up and whose text is not there yet.
    var unfinished = 0
    /// Whether the model is being loaded.
    var isLoading = false
    /// Whether the model is in memory.
    var isLoaded = false
    /// What keeps the daemon from working.
    var problem: Complaint?
    /// Dictations that are over.
    var dictations = 0
    /// Milliseconds from key-up to text, of the last one.
    var releaseMs: Double?
    /// The microphone while it is open, and what it counted before.
    var microphone = Counts()

    /// What the daemon does.
    var state: State {
      if recording != nil { return .recording }
      if unfinished > 0 { return .transcribing }
      if isLoading { return .loading }
      return problem == nil ? .idle : .error
    }
  }

  /// What microphones counted since the start.
  struct Counts {
    var isOpen = false
    var isRealTime = false
    var overruns = 0
    var dropped = 0
    var reopens = 0
  }

  private let facts = Guarded(Facts())
  private let hub: any Hub
  private let onChange: @Sendable (State) -> Void

  /// Starts idle.
  ///
  /// - Parameters:
  ///   - hub: Where changes are told.
  ///   - onChange: Is told the same.
  init(hub: any Hub, onChange: @escaping @Sendable (State) -> Void) {
    self.hub = hub
    self.onChange = onChange
    hub.publish(.state(.idle))
  }

  /// What there is to know now.
  var now: Facts { facts.withLock { $0 } }

  /// Notes something down.
  @discardableResult func update<Result>(_ change: (inout Facts) throws -> Result) rethrows
    -> Result
  {
    try facts.withLock { facts in
      let before = facts.state
      let result = try change(&facts)
      // Under the lock, so that changes are told in their order.
      if facts.state != before {
        hub.publish(.state(facts.state))
        onChange(facts.state)
      }
      return result
    }
  }
}
