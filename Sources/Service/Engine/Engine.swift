internal import Recognition
internal import System

/// The thread that hears: dictations first, in their order, then everything else.
///
/// It is a thread of its own and no task, because it computes for seconds at a time, and because
/// the order of what is asked of it matters. It sleeps while there is nothing to do.
final class Engine: Sendable {
  /// What can be asked of it.
  enum Job {
    /// A recording, to be read as fast as it comes.
    case file(OpenedInput, ReplyAddress)
    /// What a daemon that died left behind.
    case recovery(Take)
    /// A dictation that could not be transcribed.
    case retry(HistoryEntry, Take, ReplyAddress)
    case load(ReplyAddress?)
    case unload(ReplyAddress)
    case configure(Configuration)

    /// The client for whom alone it is done; nil where it is done for its own sake.
    var waitingClient: Int? {
      switch self {
      case .file(_, let address), .retry(_, _, let address): address.client
      case .recovery, .load, .unload, .configure: nil
      }
    }
  }

  /// Wakes it; recordings raise this wakeEvent when samples came.
  let wakeEvent = WakeEvent()
  private let orders = Monitor(Orders())

  private struct Orders {
    var dictations: [Recording] = []
    var jobs: [Job] = []
    var mustEnd = false
    var hasEnded = false
    /// When the engine last showed that it is alive.
    var beat = ContinuousClock.now
    var isBusy = false
  }

  /// Longer than any single call into the recogniser takes.
  private static let longestCall = Duration.seconds(120)

  /// Starts the thread.
  ///
  /// - Throws: Where the system has no more threads.
  func start(
    _ configuration: Configuration, status: DaemonStatus, messenger: any ClientMessenger,
    archive: Archive, lexicon: Lexicon, delivery: Delivery, advice: @escaping Advice
  ) throws(ServiceError) {
    try startThread("utter-engine") { [self] in
      var loop = EngineLoop(
        configuration: configuration, engine: self, status: status, messenger: messenger,
        archive: archive, lexicon: lexicon, delivery: delivery, advice: advice)
      loop.run()
      orders.withLock { $0.hasEnded = true }
    }
  }

  /// Transcribes a recording while it is made.
  func hear(_ recording: Recording) {
    orders.withLock { $0.dictations.append(recording) }
    wakeEvent.raise()
  }

  /// Does something when no dictation waits.
  func perform(_ job: Job) {
    orders.withLock { $0.jobs.append(job) }
    wakeEvent.raise()
  }

  /// Has the thread end once all dictations are heard, and waits for that.
  ///
  /// - Parameter deadline: How long at most.
  /// - Returns: Whether it ended.
  func end(until deadline: ContinuousClock.Instant) -> Bool {
    orders.withLock { $0.mustEnd = true }
    wakeEvent.raise()
    return orders.wait(until: deadline) { $0.hasEnded ? true : nil } ?? false
  }

  /// Whether the thread sleeps or gets on.
  var isAlive: Bool {
    orders.withLock { !$0.isBusy || $0.beat.duration(to: .now) < Self.longestCall }
  }

  // MARK: - For the thread itself

  /// Whether nothing shall be begun any more but dictations that wait.
  var mustEnd: Bool { orders.withLock { $0.mustEnd } }

  /// Whether a dictation waits.
  var hasDictations: Bool { orders.withLock { !$0.dictations.isEmpty } }

  /// The next dictation.
  func nextDictation() -> Recording? {
    orders.withLock { $0.dictations.isEmpty ? nil : $0.dictations.removeFirst() }
  }

  /// The next job.
  func nextJob() -> Job? { orders.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() } }

  /// Notes that the thread gets on.
  func beat() { orders.withLock { ($0.beat, $0.isBusy) = (.now, true) } }

  /// Sleeps until something was asked, or samples came.
  func rest(until deadline: ContinuousClock.Instant?) {
    orders.withLock { $0.isBusy = false }
    wakeEvent.wait(until: deadline)
    beat()
  }
}
