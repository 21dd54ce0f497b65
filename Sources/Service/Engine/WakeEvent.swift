internal import System

/// Wakes a thread, which then looks for itself what there is to do.
final class WakeEvent: Sendable {
  private let isRaised = Monitor(false)

  /// Wakes the thread, or keeps it from going to sleep.
  func raise() { isRaised.withLock { $0 = true } }

  /// Sleeps until the signal is raised, or was raised since the last time.
  ///
  /// - Parameter deadline: When to wake at the latest; nil for never.
  func wait(until deadline: ContinuousClock.Instant? = nil) {
    _ = isRaised.wait(until: deadline) { isRaised in
      // What is raised before the thread looks counts for this time.
      defer { isRaised = false }
      return isRaised ? true : nil
    }
  }
}
