internal import System

/// Ends what a portal waits for.
final class PortalWaker: Sendable {
  private let waker: Waker

  init() throws(DesktopError) {
    do throws(Errno) {
      waker = try Waker()
    } catch {
      throw .noBus(reason: "\(error)")
    }
  }

  /// Readable once `wake` was called.
  var number: Int32 { waker.number }

  /// Ends it, from any thread.
  func wake() { waker.wake() }
}
