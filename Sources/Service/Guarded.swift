internal import Foundation

/// A value that one thread at a time may use.
///
/// The standard library's `Mutex` would do, but ThreadSanitizer does not see its lock, and then
/// could not tell what is right from what is not.
package final class Guarded<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  /// Guards a value, which nothing else may refer to.
  package init(_ value: sending Value) { self.value = value }

  /// Uses the value while nobody else does.
  package func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
