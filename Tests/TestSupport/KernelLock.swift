internal import Foundation

/// Keeps tests apart that would disturb each other: some force the kernels of one instruction set
/// on the whole process, others need the same sums twice.
public enum KernelLock {
  private static let lock = NSLock()

  /// Runs a function while no other one holds the lock.
  public static func withLock<Result>(_ body: () throws -> Result) rethrows -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body()
  }
}
