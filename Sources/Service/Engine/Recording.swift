internal import Audio
internal import Synchronization
internal import System

/// One dictation between key-down and its last sample, as the threads share it: the socket thread
/// says when the key is up, the recorder thread brings samples, the engine thread takes them.
final class Recording: Sendable {
  /// What was asked for.
  let request: RecordingRequest
  /// Whether it is to end when a key goes up that is held; otherwise another press ends it.
  let isHold: Bool
  /// The client that watches the key; nil where none does.
  let watcher: Int?
  /// How its text is written.
  let wording = Wording()
  /// Its samples.
  let take: Take
  /// Where it is remembered; nil where nothing of it may be kept.
  let history: History?
  /// What those are told who let it begin.
  let answer: StartAnswer
  /// When the key went down.
  let keyDown = ContinuousClock.now

  private let current = Monitor(RecordingPhase.opening)
  private let repeats = Atomic(false)
  private let isExplained = Atomic(false)
  private let engine: WakeEvent

  /// How long nothing may come from a microphone that still owes samples, or of a key's release.
  private static let patience = Duration.seconds(1)

  /// Begins.
  ///
  /// - Parameters:
  ///   - request: What was asked for.
  ///   - isHold: Whether it is to end when a key goes up that is held.
  ///   - watcher: The client that watches the key; nil where none does.
  ///   - take: Where the samples go.
  ///   - history: Where it is remembered; nil where nothing of it may be kept.
  ///   - answer: What those are told who let it begin.
  ///   - engine: Wakes the engine thread.
  init(
    _ request: RecordingRequest, isHold: Bool, watcher: Int?, take: Take, history: History?,
    answer: StartAnswer,
    engine: WakeEvent
  ) {
    self.request = request
    self.isHold = isHold
    self.watcher = watcher
    self.take = take
    self.history = history
    self.answer = answer
    self.engine = engine
  }

  /// Names it.
  var id: String { take.id }

  /// How far it is now.
  var phase: RecordingPhase { current.withLock { $0 } }

  /// Notes what happened, and wakes the engine.
  ///
  /// - Returns: Whether it changed anything.
  @discardableResult private func note(_ event: @autoclosure () -> RecordingPhase.Event) -> Bool {
    let isNews = current.withLock { phase in
      guard let next = phase.after(event()) else { return false }
      phase = next
      return true
    }
    if isNews { engine.raise() }
    return isNews
  }

  // MARK: - For the socket thread

  /// The key is up: what the microphone brought before belongs to the dictation, and a little more.
  ///
  /// - Parameter cause: Why it counts as up, for other threads that end the dictation.
  func release(_ cause: KeyRelease.Cause = .key) { note(.released(.now, cause)) }

  /// The key went up before it was pressed again, though nobody had said so then.
  ///
  /// - Returns: Whether that was not known.
  func explainRelease() -> Bool {
    guard orphaning == .pressedAgain else { return false }
    isExplained.store(true, ordering: .relaxed)
    engine.raise()
    return true
  }

  /// The key did not go up just now, but repeated itself.
  ///
  /// - Returns: Whether the dictation goes on; false where it is too late.
  func goOn() -> Bool {
    guard note(.repeated(.now, within: repetition)) else { return false }
    noteRepetition()
    return true
  }

  /// The key is known to repeat itself from now on.
  func noteRepetition() { repeats.store(true, ordering: .relaxed) }

  /// Nobody wants to know the words any more.
  func cancel() { note(.cancelled) }

  // MARK: - For the recorder thread

  /// The microphone is open, and the oldest sample in its ring is the first.
  func open(_ ring: SampleRing, _ arrivals: ArrivalClock) {
    // First: no text comes before the answer.
    answer.give()
    note(.opened(SampleOrigin(ring, arrivals: arrivals)))
  }

  /// The microphone cannot be opened.
  ///
  /// Who was told that the dictation goes on gets its end, too; for others there never was one.
  func fail(_ error: ServiceError) { if answer.give(error) { cancel() } }

  /// Takes samples in.
  ///
  /// - Throws: An error when there is no room for them.
  func append(_ samples: UnsafeBufferPointer<Float>) throws(ServiceError) {
    try take.append(samples)
    engine.raise()
  }

  /// No more samples will come.
  func end() { note(.ended) }

  // MARK: - For the engine thread

  /// The engine needs no more samples.
  ///
  /// - Returns: Whether the user still wants to know the words.
  func hear() -> Bool { note(.heard) }

  /// Why it ends without a word of the user, though the key is held, as far as anybody knows; then
  /// whatever was heard is no business of the window that has the focus now.
  var orphaning: KeyRelease.Cause? {
    guard isHold, let cause = phase.releaseCause, cause != .key else { return nil }
    if cause == .pressedAgain, isExplained.load(ordering: .relaxed) { return nil }
    return cause
  }

  /// Until when it may turn out that the key went up as it should; nil where that is known.
  var explanationEnd: ContinuousClock.Instant? {
    guard orphaning == .pressedAgain, let release = phase.release else { return nil }
    return release.time + Self.patience
  }

  /// Whether its key is known to repeat itself as X11 does, by a release and a press at once.
  var isRepeating: Bool { repeats.load(ordering: .relaxed) }

  /// How long a key that repeats itself may seem to be up: the programs that a desktop starts for
  /// the two movements take a moment to be here.
  ///
  /// Longer where it is known to do so; other keys shall not wait for their text.
  private var repetition: Duration { .milliseconds(isRepeating ? 200 : 60) }

  /// Until when it may turn out that the key did not go up but repeated itself.
  ///
  /// - Parameter phase: How far the dictation is.
  /// - Returns: The time; nil while the key is held, and where somebody watches it who knows.
  func repetitionEnd(in phase: RecordingPhase) -> ContinuousClock.Instant? {
    guard isHold, watcher == nil, request.began != nil, let release = phase.release,
      release.cause == .key
    else { return nil }
    return release.time + repetition
  }

  /// Milliseconds since the key went up; 0 while it is held.
  var millisecondsSinceRelease: Double {
    (phase.release?.time).map { $0.duration(to: .now) / .milliseconds(1) } ?? 0
  }

  /// When the dictation ends even though the microphone brings nothing any more.
  ///
  /// - Parameter tail: How long the microphone is listened to after key-up.
  /// - Returns: The time; nil while the key is held, or samples are on their way.
  func deadline(tail: Duration) -> ContinuousClock.Instant? {
    switch phase {
    case .trailing(let origin, let release):
      guard origin.arrived <= take.count else { return nil }
      return max(release.time, origin.time) + tail + Self.patience
    case .recorded(let release): return release.time + tail + Self.patience
    case .opening, .tapped, .recording, .cutOff, .heard, .cancelled: return nil
    }
  }
}
