internal import CLinux
internal import Foundation

/// The thread that works on files: what may have to wait for a disk, or for a lock, waits here.
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
  }

  private let queue = Guarded(Queue())
  private let wakeEvent = WakeEvent()
  private let ended = DispatchSemaphore(value: 0)
  private let messenger: any ClientMessenger

  /// How long the last jobs may take.
  private static let patience: DispatchTimeInterval = .seconds(1)

  /// Starts the thread.
  ///
  /// - Parameter messenger: Knows which clients are still there.
  init(messenger: any ClientMessenger) {
    self.messenger = messenger
    Thread.detachNewThread { [self] in
      clinux_name_thread("utter-files")
      run()
      ended.signal()
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

  /// Ends the thread when all is done that is not for clients, but does not wait long for it: the
  /// disk may hang, or another program hold a lock for ever.
  func end() {
    queue.withLock { $0.mustEnd = true }
    wakeEvent.raise()
    _ = ended.wait(timeout: .now() + Self.patience)
  }

  private func add(_ job: Job) {
    queue.withLock { $0.jobs.append(job) }
    wakeEvent.raise()
  }

  private func run() {
    while true {
      let (job, mustEnd) = queue.withLock { queue in
        (queue.jobs.isEmpty ? nil : queue.jobs.removeFirst(), queue.mustEnd)
      }
      if let job {
        if let client = job.client, mustEnd || !messenger.isConnected(client) { continue }
        job.work()
      } else if mustEnd {
        return
      } else {
        wakeEvent.wait()
      }
    }
  }
}
