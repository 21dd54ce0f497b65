internal import System

/// What a portal waits with; nobody wakes it.
final class PortalWaker {
  private let waker: Waker

  init() throws(DesktopError) {
    do throws(Errno) {
      waker = try Waker()
    } catch {
      throw .noBus(reason: "\(error)")
    }
  }

  var number: Int32 { waker.number }
}
