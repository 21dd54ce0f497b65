internal import CLinux
internal import Glibc

/// A value that one thread at a time may use, and whose change others can wait for.
///
/// The standard library's `Mutex` has nothing to wait for, and ThreadSanitizer does not see its
/// lock.
package final class Monitor<Value: ~Copyable>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var value: Value

  /// Guards a value, which nothing else may refer to.
  package init(_ value: consuming sending Value) {
    self.value = value
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(changed)
    mutex.deallocate()
    changed.deallocate()
  }

  /// Uses the value while nobody else does, and lets those who wait look at it again.
  package func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return try body(&value)
  }

  /// Waits until a body finds in the value what it looks for.
  ///
  /// - Parameters:
  ///   - deadline: When to give up; nil for never.
  ///   - body: Called with each value; nil to wait on.
  /// - Returns: What it found; nil at the deadline.
  package func wait<Result>(
    until deadline: ContinuousClock.Instant? = nil, _ body: (inout Value) -> Result?
  ) -> Result? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&value) { return result }
      guard let deadline else {
        pthread_cond_wait(changed, mutex)
        continue
      }
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return nil }
      clinux_wait_for_change(changed, mutex, left.nanoseconds)
    }
  }
}
