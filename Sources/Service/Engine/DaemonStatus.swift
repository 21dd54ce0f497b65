internal import Audio
internal import System

/// What the daemon does, as all its threads note it down; clients are told when it changes.
final class DaemonStatus: Sendable {
  /// What there is to know.
  struct Snapshot {
    /// The dictation whose key is held.
    var recording: Recording?
    /// The dictation whose key went up last, as long as anybody needs it.
    weak var lifted: Recording?
    /// Dictations whose key is up and whose text is not there yet.
    var unfinished = 0
    /// Whether the model is being loaded.
    var isLoading = false
    /// Whether the model is in memory.
    var isLoaded = false
    /// What does not work.
    var problems = Problems()
    /// Why the dictation that was to begin last did not.
    var failedStart: ServiceError?
    /// Dictations that are over.
    var dictations = 0
    /// Milliseconds from key-up to text, of the last one.
    var releaseMs: Double?
    /// The microphone while it is open, and what it counted before.
    var microphone = MicrophoneCounts()

    /// What the daemon does.
    var state: DaemonState {
      if recording != nil { return .recording }
      if unfinished > 0 { return .transcribing }
      if isLoading { return .loading }
      return problems.areGrave ? .error : .idle
    }
  }

  private let snapshot = Monitor(Snapshot())
  private let messenger: any ClientMessenger
  private let onChange: @Sendable (DaemonState) -> Void

  /// Starts idle.
  ///
  /// - Parameters:
  ///   - messenger: Where changes are told.
  ///   - onChange: Is told the same.
  init(messenger: any ClientMessenger, onChange: @escaping @Sendable (DaemonState) -> Void) {
    self.messenger = messenger
    self.onChange = onChange
    messenger.publish(.state(.idle))
  }

  /// What there is to know now.
  var now: Snapshot { snapshot.withLock { $0 } }

  /// The key of the dictation that goes on is held no more.
  ///
  /// - Parameter recording: The dictation; nil for whichever it is.
  /// - Returns: The dictation; nil where none goes on, or another.
  @discardableResult func letGo(_ recording: Recording? = nil) -> Recording? {
    update { status in
      guard let held = status.recording, recording == nil || held === recording else { return nil }
      (status.recording, status.unfinished) = (nil, status.unfinished + 1)
      status.lifted = held
      return held
    }
  }

  /// The key that went up last did not, but repeated itself.
  ///
  /// - Returns: Its dictation, which goes on; nil where it cannot.
  func takeBack() -> Recording? {
    update { status in
      guard status.recording == nil, let lifted = status.lifted, lifted.isHold, lifted.goOn()
      else { return nil }
      (status.recording, status.unfinished) = (lifted, status.unfinished - 1)
      return lifted
    }
  }

  /// Nothing comes of a dictation, whether its key is held or not; who asks for its end learns why.
  func fail(_ recording: Recording, _ error: ServiceError) {
    update { status in
      if status.recording === recording {
        (status.recording, status.unfinished) = (nil, status.unfinished + 1)
      }
      if status.recording == nil { status.failedStart = error }
    }
  }

  /// Something does not work: clients are told, and `status` shows it until it is over.
  func report(_ error: ServiceError, about subject: Problems.Subject) {
    // First, for a client that is told may ask at once.
    update { $0.problems.begin(subject, error) }
    messenger.publish(.error(error))
  }

  /// Something works.
  func settle(_ subject: Problems.Subject) { update { $0.problems.end(subject) } }

  /// Notes something down.
  @discardableResult func update<Result>(_ change: (inout Snapshot) throws -> Result) rethrows
    -> Result
  {
    try snapshot.withLock { snapshot in
      let before = snapshot.state
      let result = try change(&snapshot)
      // Under the lock, so that changes are told in their order.
      if snapshot.state != before {
        messenger.publish(.state(snapshot.state))
        onChange(snapshot.state)
      }
      return result
    }
  }
}

/// What microphones counted since the start.
struct MicrophoneCounts {
  var isOpen = false
  var isRealTime = false
  var overruns = 0
  var dropped = 0
  var reopens = 0
}
