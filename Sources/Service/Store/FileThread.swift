internal import System

/// A thread for what may have to wait: for a disk, for a lock, or for another program.
///
/// Jobs are done one after the other, in the order in which they came.
final class FileThread: Sendable {
  private struct Job {
    /// Who waits for the answer; nil where it is to be done whoever waits.
    let client: Int?
    let work: @Sendable () -> Void
  }

  private struct Queue {
    var jobs: [Job] = []
    var mustEnd = false
    var hasEnded = false
  }

  private enum Step {
    case job(Job, isEnding: Bool)
    case end
  }

  private let queue = Monitor(Queue())
  private let messenger: any ClientMessenger

  /// Starts the thread.
  ///
  /// - Parameters:
  ///   - name: The thread's.
  ///   - messenger: Knows which clients are still there.
  /// - Throws: Where the system has no more threads.
  init(
    named name: String = "utter-files", messenger: any ClientMessenger
  ) throws(ServiceError) {
    self.messenger = messenger
    try startThread(name) { [self] in
      run()
      queue.withLock { $0.hasEnded = true }
    }
  }

  /// Does something, whatever happens.
  func perform(_ work: @escaping @Sendable () -> Void) { add(Job(client: nil, work: work)) }

  /// Does something for a client, unless it leaves before its turn comes.
  ///
  /// - Parameters:
  ///   - address: Where the answer goes.
  ///   - work: Answers.
  func perform(for address: ReplyAddress, _ work: @escaping @Sendable () -> Void) {
    add(Job(client: address.client, work: work))
  }

  /// Has the thread end when all is done that is not for clients, and waits for that.
  ///
  /// - Parameter deadline: How long at most: the disk may hang, or another program hold a lock for
  ///   ever.
  /// - Returns: Whether it ended.
  func end(until deadline: ContinuousClock.Instant) -> Bool {
    queue.withLock { $0.mustEnd = true }
    return queue.wait(until: deadline) { $0.hasEnded ? true : nil } ?? false
  }

  private func add(_ job: Job) { queue.withLock { $0.jobs.append(job) } }

  private func run() {
    while case .job(let job, let isEnding)? = next() {
      if let client = job.client, isEnding || !messenger.isConnected(client) { continue }
      job.work()
    }
  }

  /// Waits for something to do.
  private func next() -> Step? {
    queue.wait { queue in
      if !queue.jobs.isEmpty { return .job(queue.jobs.removeFirst(), isEnding: queue.mustEnd) }
      return queue.mustEnd ? .end : nil
    }
  }
}
