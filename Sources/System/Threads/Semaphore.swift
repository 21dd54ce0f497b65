internal import CLinux
internal import Glibc

/// Lets one thread wait for another, which is never held up by it.
///
/// Posting neither locks nor allocates, so that a real-time thread may do it. (A
/// `DispatchSemaphore` measures its timeouts by a clock that can be set.)
package struct Semaphore: ~Copyable, @unchecked Sendable {
  // At a fixed place, because threads sleep on its address.
  private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  /// One without a post.
  package init() { sem_init(semaphore, 0, 0) }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  /// Lets one `wait` return, now or later.
  package func post() { sem_post(semaphore) }

  /// Waits for a post.
  ///
  /// - Parameter timeout: How long at most.
  /// - Returns: False without a post.
  package func wait(timeout: Duration) -> Bool {
    clinux_wait(semaphore, timeout.nanoseconds)
  }
}

extension Duration {
  /// Whole nanoseconds: at least 0, at most some 140 years.
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return max(0, min(seconds, 1 << 32) * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
