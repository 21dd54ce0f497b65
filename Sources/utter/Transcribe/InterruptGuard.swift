import ArgumentParser
import Foundation
import System

/// Ctrl-C: the program ends at once with 130, but not while it replaces a file.
enum InterruptGuard {
  private static let gate = Monitor(())

  /// Waits for SIGINT for as long as the handler lives.
  ///
  /// - Throws: Where the system has nothing left to wait with.
  static func watch() throws(Errno) -> SignalHandler {
    try SignalHandler([SIGINT]) { _ in
      gate.withLock { _ in
        ProgressLine.clear()
        _exit(ExitCode.interrupted.rawValue)
      }
    }
  }

  /// Runs a body that must not be cut short.
  static func held(_ body: () -> Void) { gate.withLock { _ in body() } }
}
