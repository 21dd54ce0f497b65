import ArgumentParser
import Foundation
import System

/// Ctrl-C: the program ends at once with 130, but not while it replaces a file; so does one that
/// goes on until it is ended with SIGTERM, with 0.
enum InterruptGuard {
  private static let gate = Monitor(())

  /// Waits for these signals for as long as the handler lives.
  ///
  /// - Throws: Where the system has nothing left to wait with.
  static func watch(_ signals: [Int32] = [SIGINT]) throws(Errno) -> SignalHandler {
    try SignalHandler(signals) { signal in
      gate.withLock { _ in
        ProgressLine.clear()
        _exit(signal == SIGINT ? ExitCode.interrupted.rawValue : EXIT_SUCCESS)
      }
    }
  }

  /// Runs a body that must not be cut short.
  static func held(_ body: () -> Void) { gate.withLock { _ in body() } }
}
