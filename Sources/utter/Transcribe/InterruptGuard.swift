import ArgumentParser
import Dispatch
import Foundation
import Synchronization

/// Ctrl-C: the program ends at once with 130, but not while it replaces a file.
enum InterruptGuard {
  private static let gate = Mutex(())

  /// Waits for SIGINT from now on; keep the source as long as it shall work.
  static func watch() -> any DispatchSourceSignal {
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler {
      gate.withLock { _ in
        ProgressLine.clear()
        _exit(ExitCode.interrupted.rawValue)
      }
    }
    source.resume()
    return source
  }

  /// Runs a body that must not be cut short.
  static func held<Result>(_ body: () throws -> Result) rethrows -> Result {
    try gate.withLock { _ in try body() }
  }
}
