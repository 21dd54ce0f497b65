internal import Dispatch
internal import Synchronization

/// Wakes a thread, which then looks for itself what there is to do.
final class WakeEvent: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let isRaised = Atomic(false)

  /// Wakes the thread, or keeps it from going to sleep.
  func raise() {
    if !isRaised.exchange(true, ordering: .sequentiallyConsistent) { semaphore.signal() }
  }

  /// Sleeps until the signal is raised, or was raised since the last time.
  ///
  /// - Parameter deadline: When to wake at the latest; nil for never.
  func wait(until deadline: ContinuousClock.Instant? = nil) {
    if let deadline {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return }
      let nanoseconds = min(left / .nanoseconds(1), 1e18)
      _ = semaphore.wait(timeout: .now() + .nanoseconds(Int(nanoseconds)))
    } else {
      semaphore.wait()
    }
    // Before the thread looks: what is raised from now on wakes it again.
    isRaised.store(false, ordering: .sequentiallyConsistent)
  }
}
