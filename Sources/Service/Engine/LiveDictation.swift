internal import Dictation
internal import Formatting
internal import Recognition

/// A session fed from a take that grows while the key is held.
struct LiveDictation {
  /// What is to be done next.
  enum Step {
    /// The next step.
    case more
    /// Waiting until samples come, or the key is released, or it is too late.
    case wait(until: ContinuousClock.Instant?)
    /// The next step, after the key counts as up: nobody has spoken for too long.
    case abandoned
    /// Nothing.
    case over
  }

  private let recording: Recording
  private let configuration: Configuration.Dictation
  private var session: DictationSession
  private var reader: TakeReader
  private var isReleased = false
  /// What was heard until key-up, for a key that may turn out to repeat itself.
  private var held: (session: DictationSession, reader: TakeReader)?

  /// Samples that may wait before partials are left out.
  private static let largestLag = 8_000

  /// Begins with the first sample.
  ///
  /// - Parameters:
  ///   - recording: The dictation.
  ///   - model: What hears it.
  ///   - configuration: How it is done.
  ///   - rules: How its text is written.
  init(
    _ recording: Recording, with model: EngineModel, _ configuration: Configuration.Dictation,
    _ rules: FormattingRules
  ) {
    self.recording = recording
    self.configuration = configuration
    reader = TakeReader(recording.take)
    session = DictationSession(recognizer: model.recognizer)
    session.configuration.tail = configuration.tail / .seconds(1)
    session.configuration.rtf = model.rtf
    session.configuration.rules = rules
  }

  /// Seconds that went into the writing of the text.
  var formattingSeconds: Double { session.formattingSeconds }

  /// Whether a key seems to be held, and nobody speaks.
  private var isAbandoned: Bool {
    guard recording.isHold, let limit = configuration.silenceStop, case .recording = recording.phase
    else { return false }
    return session.secondsWithoutSpeech >= limit / .seconds(1)
  }

  /// Hears what came since the last step.
  ///
  /// - Parameters:
  ///   - isPartialWanted: Whether somebody wants to know what the text looks like so far.
  ///   - report: Gets the session's events; none is final where the dictation was cancelled.
  /// - Returns: What is to be done next.
  /// - Throws: What the recogniser throws.
  mutating func step(
    isPartialWanted: Bool, _ report: (DictationEvent) -> Void
  ) throws(RecognitionError) -> Step {
    // The time first: a key that repeats itself later than this is told that it is too late.
    let now = ContinuousClock.now
    let phase = recording.phase
    if phase.isOver { return .over }
    if isReleased, phase.release == nil, let held {
      (session, reader) = held
      isReleased = false
    }
    if session.isOver {
      guard let end = recording.repetitionEnd(in: phase), now <= end else { return .over }
      return .wait(until: end)
    }
    let lag = recording.take.count - reader.position
    session.configuration.partials =
      configuration.partials && isPartialWanted && lag < Self.largestLag
    // What came after key-up is heard after the session knows of it.
    let end = isReleased ? .max : phase.release?.sample ?? .max
    var isUncertain = isReleased && held != nil
    // What may turn out not to be the end yet is told when it is.
    func tell(_ event: DictationEvent) { if !isUncertain || event.isFinal { report(event) } }
    let isFed = try reader.next(before: end) { samples throws(RecognitionError) in
      try session.feed(samples, tell)
    }
    if isFed { return isAbandoned ? .abandoned : .more }
    if phase.release != nil, !isReleased, reader.position >= end || phase.isComplete {
      if let end = recording.repetitionEnd(in: phase), now <= end {
        // Not to hear the same again with each repetition.
        if recording.isRepeating { return .wait(until: end) }
        held = (session, reader)
      }
      isReleased = true
      isUncertain = held != nil
      try session.release(tell)
      return .more
    }
    let deadline = recording.deadline(tail: configuration.tail)
    let isComplete = phase.isComplete && reader.position == recording.take.count
    guard isComplete || deadline.map({ $0 <= .now }) == true else { return .wait(until: deadline) }
    try session.finish(report)
    return .over
  }
}
