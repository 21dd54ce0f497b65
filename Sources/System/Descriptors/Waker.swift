internal import CLinux
internal import Glibc

/// Makes a thread that waits for descriptors look up: a descriptor that becomes readable.
package struct Waker: ~Copyable, Sendable {
  private let event: FileDescriptor

  /// One that nobody has used yet.
  ///
  /// - Throws: Where the system has no more descriptors.
  package init() throws(Errno) {
    event = FileDescriptor(owning: try retrying { clinux_event() })
  }

  /// What to wait for; readable from `wake` to `reset`.
  package var number: Int32 { event.number }

  /// Wakes, from any thread; never blocks.
  package func wake() {
    var one: UInt64 = 1
    _ = Glibc.write(number, &one, MemoryLayout<UInt64>.size)
  }

  /// Forgets all calls of `wake` up to now.
  package func reset() {
    var count: UInt64 = 0
    _ = Glibc.read(number, &count, MemoryLayout<UInt64>.size)
  }
}
