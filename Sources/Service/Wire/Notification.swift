/// What the daemon tells those who subscribed.
package enum Notification: Equatable, Sendable {
  /// What the daemon does now.
  case state(DaemonState)
  /// What the text looks like so far; see `DictationEvent.partial`.
  case partial(settled: String, pending: String)
  /// A dictation is over.
  case final(FinalText)
  /// How loud the microphone is: root mean square and largest magnitude, 1 at full scale.
  case level(rms: Float, peak: Float)
  /// Samples of this dictation, at the microphone's 16 kHz, that are lost.
  case dropped(samples: Int)
  /// Something went wrong; `error` has an object as its only parameter.
  case error(ServiceError)

  /// What it is about.
  package var topic: Topic {
    switch self {
    case .state: .state
    case .partial: .partial
    case .final: .final
    case .level: .level
    case .dropped: .dropped
    case .error: .error
    }
  }
}

/// A kind of notification, which clients subscribe to by its name.
package enum Topic: String, CaseIterable, Codable, Sendable {
  case state, partial, final, level, dropped, error
}

/// What the daemon does.
package enum DaemonState: String, Codable, Sendable {
  /// It waits for a key.
  case idle
  /// It loads the model.
  case loading
  /// It listens.
  case recording
  /// The key is up, and the last words are being decoded.
  case transcribing
  /// There is something that keeps it from working, a missing model for example.
  case error
}
