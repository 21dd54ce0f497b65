internal import Audio

/// One dictation between key-down and its last sample, as the threads share it: the one that
/// serves says when the key is up, the one that records brings samples, the one that hears takes
/// them.
final class Recording: Sendable {
  /// What was asked for.
  let request: RecordingRequest
  /// Its samples.
  let take: Take
  /// Where it is remembered; nil where nothing of it may be kept.
  let history: History?
  /// When the key went down.
  let keyDown = ContinuousClock.now

  private let facts = Guarded(Facts())
  private let engine: WakeEvent

  /// How long the last samples may be on their way from the microphone.
  private static let patience = Duration.milliseconds(300)

  /// How far it is.
  struct Facts {
    /// When the key was released, and the first sample after that.
    var release: (time: ContinuousClock.Instant, sample: Int)?
    /// Whether nobody wants to know the words any more.
    var isCancelled = false
    /// Since when samples may come.
    var opened: ContinuousClock.Instant?
    /// Whether no more samples will come.
    var isComplete = false
    /// Whether the engine needs no more samples.
    var isHeard = false
    /// The microphone, while it is open for this recording, and the number of the first sample.
    fileprivate var source: (ring: SampleRing, start: Int)?

    /// Samples that the microphone brought, those on their way among them.
    fileprivate var arrived: Int { source.map { $0.ring.writtenCount - $0.start } ?? 0 }
  }

  /// Begins.
  ///
  /// - Parameters:
  ///   - request: What was asked for.
  ///   - take: Where the samples go.
  ///   - history: Where it is remembered; nil where nothing of it may be kept.
  ///   - engine: Wakes the thread that hears.
  init(_ request: RecordingRequest, take: Take, history: History?, engine: WakeEvent) {
    self.request = request
    self.take = take
    self.history = history
    self.engine = engine
  }

  /// Names it.
  var id: String { take.id }

  /// How far it is now.
  var now: Facts { facts.withLock { $0 } }

  // MARK: - For the thread that serves

  /// The key is up: what the microphone brought before belongs to the dictation, and a little more.
  func release() {
    facts.withLock { facts in
      guard facts.release == nil else { return }
      facts.release = (.now, facts.arrived)
    }
    engine.raise()
  }

  /// Nobody wants to know the words any more.
  func cancel() {
    facts.withLock { $0.isCancelled = true }
    engine.raise()
  }

  // MARK: - For the thread that records

  /// The microphone is open; a key that is up already was not released before that.
  func open(_ ring: SampleRing) {
    facts.withLock { facts in
      (facts.opened, facts.source) = (.now, (ring, ring.takenCount))
      if let release = facts.release { facts.release = (release.time, facts.arrived) }
    }
    engine.raise()
  }

  /// Takes samples in.
  ///
  /// - Throws: An error when there is no room for them.
  func append(_ samples: UnsafeBufferPointer<Float>) throws(ServiceError) {
    try take.append(samples)
    engine.raise()
  }

  /// No more samples will come.
  func complete() {
    facts.withLock { ($0.isComplete, $0.source) = (true, nil) }
    engine.raise()
  }

  // MARK: - For the thread that hears

  /// When the dictation ends even though the microphone brings nothing any more; nil while the key
  /// is held, or samples are on their way.
  func deadline(tail: Duration) -> ContinuousClock.Instant? {
    facts.withLock { facts in
      guard let release = facts.release?.time, let opened = facts.opened,
        facts.arrived <= take.count
      else { return nil }
      return max(release, opened) + tail + Self.patience
    }
  }

  /// The engine needs no more samples.
  func hear() { facts.withLock { $0.isHeard = true } }
}
