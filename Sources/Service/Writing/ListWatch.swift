internal import Glibc
internal import System

/// Tells when something changes in the folders of lists; a thread of its own that sleeps otherwise.
final class ListWatch: Sendable {
  private struct State {
    var folders: Set<String> = []
    var isNew = false
    var mustEnd = false
  }

  private let state = Monitor(State())
  private let waker: Waker

  /// Watches nothing yet.
  ///
  /// - Throws: Where the system has no more descriptors.
  init() throws(ServiceError) {
    do throws(Errno) {
      waker = try Waker()
    } catch {
      throw ServiceError(code: .failed, message: "utter-watch: cannot be started: \(error)")
    }
  }

  /// Starts the thread.
  ///
  /// - Parameter body: Called on it after each change.
  /// - Throws: Where the system has no more threads.
  func start(_ body: @escaping @Sendable () -> Void) throws(ServiceError) {
    try startThread("utter-watch") { [self] in run(body) }
  }

  /// Watches these folders from now on; one that is not there is watched for where it would be.
  func look(at folders: Set<String>) {
    let isNew = state.withLock { state in
      guard state.folders != folders else { return false }
      (state.folders, state.isNew) = (folders, true)
      return true
    }
    if isNew { waker.wake() }
  }

  /// Ends the thread.
  func end() {
    state.withLock { $0.mustEnd = true }
    waker.wake()
  }

  private func run(_ body: () -> Void) {
    var changes: FolderChanges?
    while !state.withLock(\.mustEnd) {
      let isNew = state.withLock { state in
        defer { state.isNew = false }
        return state.isNew
      }
      guard isNew || waitForChange(changes) else { continue }
      // Anew each time, for a folder that went and came back is another one; and before lists are
      // read, so that nothing is missed.
      changes = try? FolderChanges(in: state.withLock(\.folders))
      body()
    }
  }

  /// Waits for a change, or to be woken.
  ///
  /// - Returns: Whether something changed.
  private func waitForChange(_ changes: FolderChanges?) -> Bool {
    var entries = [pollfd(fd: waker.number, events: Int16(POLLIN), revents: 0)]
    if let changes { entries.append(pollfd(fd: changes.number, events: Int16(POLLIN), revents: 0)) }
    poll(&entries, nfds_t(entries.count), -1)
    if entries[0].revents != 0 { waker.reset() }
    guard entries.count > 1, entries[1].revents != 0, let changes else { return false }
    changes.forget()
    return true
  }
}
