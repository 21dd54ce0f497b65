internal import Glibc

extension FileDescriptor {
  /// Waits until there are bytes, or the end.
  ///
  /// - Parameter limit: How long at most.
  /// - Returns: False where there is neither in time.
  package func isReadable(within limit: Duration) -> Bool {
    firstReadable([number], within: limit) != nil
  }
}

/// Waits until one of several descriptors has something to tell: bytes, a client, or its end.
///
/// - Parameters:
///   - descriptors: Their numbers; the first ones come first.
///   - limit: How long at most; nil for ever.
/// - Returns: The place of the first that has; nil where none has in time.
package func firstReadable(_ descriptors: [Int32], within limit: Duration? = nil) -> Int? {
  var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  let end = limit.map { ContinuousClock.now + $0 }
  while true {
    let left = end.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
    // Rounded up, lest the last millisecond be waited for without rest.
    let milliseconds = left.map { Int32(clamping: Int64(($0 / .milliseconds(1)).rounded(.up))) }
    if poll(&entries, nfds_t(entries.count), milliseconds ?? -1) > 0 {
      return entries.firstIndex { $0.revents != 0 }
    }
    // Without an event: the time is over, or a signal came.
    if let end, ContinuousClock.now >= end { return nil }
  }
}
