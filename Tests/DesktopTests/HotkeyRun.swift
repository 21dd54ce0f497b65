import Desktop
import Foundation
import Synchronization
import Testing

/// A hotkey that is waited for on a thread of its own.
final class HotkeyRun<Change: Sendable>: Sendable {
  /// Waits for keys; takes what the user should know, and changes.
  typealias Body =
    @Sendable (_ notice: (String) -> Void, _ body: (Change) throws -> Void) throws
    -> Void

  private struct State: Sendable {
    var changes: [Change] = []
    var notices: [String] = []
    var isOver = false
  }

  private let end: @Sendable () -> Void
  private let state = Mutex(State())
  /// Posted for everything that happens.
  private let happened = DispatchSemaphore(value: 0)

  /// Starts.
  ///
  /// - Parameters:
  ///   - stop: Ends it.
  ///   - run: Runs until then.
  init(stop: @escaping @Sendable () -> Void, _ run: @escaping Body) {
    end = stop
    let thread = Thread { [self] in
      do {
        try run({ note in record { $0.notices.append(note) } }) { change in
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
  func next() -> Change? {
    wait { $0.changes.isEmpty ? nil : $0.changes.removeFirst() }
  }

  /// What the user was told, once there is something.
  func notices() -> [String] { wait { $0.notices.isEmpty ? nil : $0.notices } ?? [] }

  /// Takes the next thing that the user was told; nil when there is none in time.
  func nextNotice() -> String? { wait { $0.notices.isEmpty ? nil : $0.notices.removeFirst() } }

  /// Ends it, and returns the changes that nobody asked for.
  func stop() -> [Change] {
    end()
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

extension HotkeyRun where Change == Hotkey.Change {
  /// Reads keyboards.
  convenience init(_ hotkey: Hotkey) {
    self.init(stop: { hotkey.stop() }) { notice, body in
      try hotkey.run(notice: notice, body)
    }
  }
}

extension HotkeyRun where Change == GlobalShortcuts.Change {
  /// Asks the desktop.
  convenience init(_ shortcuts: GlobalShortcuts) {
    self.init(stop: { shortcuts.stop() }) { notice, body in
      try shortcuts.run(notice: notice, body)
    }
  }
}
