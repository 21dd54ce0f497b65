internal import CLinux
internal import Glibc

/// A thread of its own, for what blocks or must not be held up by others.
package final class NamedThread: Sendable {
  private final class Start: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(_ name: String, _ body: @escaping @Sendable () -> Void) {
      (self.name, self.body) = (name, body)
    }
  }

  private let thread: UInt
  private let isJoined = Monitor(false)

  /// Starts it; it ends with its body, and nobody needs to wait for that.
  ///
  /// - Parameters:
  ///   - name: At most 15 bytes, for debuggers and `top`.
  ///   - body: What it does.
  /// - Throws: Where the system has no more threads.
  package init(_ name: String, _ body: @escaping @Sendable () -> Void) throws(Errno) {
    let start = Unmanaged.passRetained(Start(name, body))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
        CurrentThread.setName(start.name)
        start.body()
        return nil
      }, start.toOpaque())
    guard failure == 0 else {
      start.release()
      throw Errno(failure)
    }
    self.thread = thread
  }

  deinit {
    if !isJoined.withLock(\.self) { pthread_detach(thread) }
  }

  /// Waits for its end.
  package func join() {
    let isFirst = isJoined.withLock { isJoined in
      defer { isJoined = true }
      return !isJoined
    }
    if isFirst { pthread_join(thread, nil) }
  }
}
