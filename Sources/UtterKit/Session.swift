internal import Dictation
internal import Recognition

/// A dictation under way, touched by its engine's queue alone.
final class Session: @unchecked Sendable {
  private let engine: Engine
  private let partials: Bool
  private lazy var session: DictationSession = {
    var configuration = DictationSession.Configuration()
    (configuration.partials, configuration.rtf) = (partials, engine.rtf)
    return DictationSession(recognizer: engine.recognizer, configuration: configuration)
  }()

  init(_ engine: Engine, partials: Bool) { (self.engine, self.partials) = (engine, partials) }

  /// Takes samples in; nil at their end.
  ///
  /// - Returns: What happened.
  /// - Throws: `UtterError` that says what went wrong.
  func take(_ samples: [Float]?) async throws -> [DictationEvent] {
    try await engine.run { [self] recognizer in
      var events: [DictationEvent] = []
      func report(_ event: Dictation.DictationEvent) {
        events.append(DictationEvent(event, by: recognizer.model))
      }
      if let samples {
        try samples.withUnsafeBufferPointer { try session.feed($0, report) }
      } else {
        try session.finish(report)
      }
      return events
    }
  }
}
