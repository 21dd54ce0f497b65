internal import System

/// Finds out which window has the focus, beside other work.
///
/// A display that hangs holds up nobody: it is waited for until a deadline, and asked by one thread
/// at a time.
package final class FocusLookup: Sendable {
  private static let isBusy = Monitor(false)

  private let names = Monitor<[String]?>(nil)
  private let deadline: ContinuousClock.Instant

  /// Starts to look.
  ///
  /// - Parameters:
  ///   - limit: How long it may take.
  ///   - session: Called on a thread of its own; nil where nobody wants to know.
  package init(
    within limit: Duration, in session: @escaping @Sendable () -> DesktopSession?
  ) {
    deadline = .now + limit
    let isFree = Self.isBusy.withLock { isBusy in
      defer { isBusy = true }
      return !isBusy
    }
    guard isFree else {
      note([])
      return
    }
    do throws(Errno) {
      _ = try NamedThread("utter-focus") { [self] in
        note(session().flatMap(FocusedWindow.init(in:))?.names ?? [])
        Self.isBusy.withLock { $0 = false }
      }
    } catch {
      note([])
      Self.isBusy.withLock { $0 = false }
    }
  }

  /// What the window is called, as soon as that is known; nothing where nobody tells in time.
  package var window: [String] { names.wait(until: deadline) { $0 } ?? [] }

  private func note(_ found: [String]) { names.withLock { $0 = found } }
}
