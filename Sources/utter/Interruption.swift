import Foundation
import Synchronization
import System

/// Ctrl-C as a request instead of the end, for commands that leave something sound behind.
enum Interruption {
  private static let isAskedFor = Atomic(false)

  /// Whether the user asked for an end.
  static var hasCome: Bool { isAskedFor.load(ordering: .relaxed) }

  /// Waits for the request for as long as the result lives.
  static func awaited() throws(Errno) -> SignalHandler {
    try SignalHandler([SIGINT, SIGTERM]) { _ in isAskedFor.store(true, ordering: .relaxed) }
  }
}
