import Desktop
import Foundation
import Synchronization
import Testing

/// A hotkey that is read on a thread of its own.
final class HotkeyRun: Sendable {
  private struct State: Sendable {
    var changes: [Hotkey.Change] = []
    var notices: [String] = []
    var isOver = false
  }

  private let hotkey: Hotkey
  private let state = Mutex(State())
  /// Posted for everything that happens.
  private let happened = DispatchSemaphore(value: 0)

  /// Starts, and returns once the devices are open.
  init(_ hotkey: Hotkey) {
    self.hotkey = hotkey
    let thread = Thread { [self] in
      do {
        try hotkey.run(notice: { note in record { $0.notices.append(note) } }) { change in
          record { $0.changes.append(change) }
        }
      } catch {
        Issue.record(error)
      }
      record { $0.isOver = true }
    }
    thread.start()
  }

  private func record(_ change: (inout State) -> Void) {
    state.withLock { change(&$0) }
    happened.signal()
  }

  /// The next change; nil when none comes in time.
  func next() -> Hotkey.Change? {
    wait { $0.changes.isEmpty ? nil : $0.changes.removeFirst() }
  }

  /// What the user was told, once there is something.
  func notices() -> [String] { wait { $0.notices.isEmpty ? nil : $0.notices } ?? [] }

  /// Ends it, and returns the changes that nobody asked for.
  func stop() -> [Hotkey.Change] {
    hotkey.stop()
    return wait { $0.isOver ? $0.changes : nil } ?? []
  }

  private func wait<Value: Sendable>(_ value: (inout State) -> Value?) -> Value? {
    let end = DispatchTime.now() + 30
    while true {
      if let found = state.withLock({ value(&$0) }) { return found }
      guard happened.wait(timeout: end) == .success else { return nil }
    }
  }
}
