internal import CLinux
internal import Glibc

/// Calls a function whenever a signal comes, for as long as this object lives.
///
/// All functions are called on one thread, one after the other, in the order of the signals; so
/// they may do what they like, but must return. Programs that are started get the signals'
/// default actions.
package final class SignalHandler: Sendable {
  private let signals: [Int32]

  /// Handles signals from now on.
  ///
  /// - Parameters:
  ///   - signals: `SIGTERM` and others.
  ///   - action: Gets the signal.
  /// - Throws: `EINVAL` for a signal that nobody can handle.
  package init(
    _ signals: [Int32], _ action: @escaping @Sendable (Int32) -> Void
  ) throws(Errno) {
    let dispatch = try SignalDispatch.shared.get()
    self.signals = signals
    let key = ObjectIdentifier(self)
    for signal in signals { try dispatch.add(signal, key, action) }
  }

  deinit {
    guard case .success(let dispatch) = SignalDispatch.shared else { return }
    for signal in signals { dispatch.remove(signal, ObjectIdentifier(self)) }
  }

  /// Lets a signal do nothing from now on; a program that is started gets its default action.
  package static func ignore(_ signal: Int32) { clinux_ignore(signal) }
}

/// What is called for which signal; there is one for the process, as signals are the process's.
private final class SignalDispatch: Sendable {
  typealias Action = @Sendable (Int32) -> Void

  static let shared = Result<SignalDispatch, Errno> { () throws(Errno) in try SignalDispatch() }

  private let actions = Monitor<[Int32: [ObjectIdentifier: Action]]>([:])

  private init() throws(Errno) {
    let pipe = clinux_open_signals()
    guard pipe >= 0 else { throw Errno(-pipe) }
    let actions = actions
    _ = try NamedThread("utter-signals") {
      clinux_let_signals_in()
      var number: UInt8 = 0
      while (try? retrying { read(pipe, &number, 1) }) == 1 {
        let signal = Int32(number)
        let called = actions.withLock { Array($0[signal, default: [:]].values) }
        for action in called { action(signal) }
      }
    }
  }

  func add(_ signal: Int32, _ key: ObjectIdentifier, _ action: @escaping Action) throws(Errno) {
    try actions.withLock { actions throws(Errno) in
      if actions[signal, default: [:]].isEmpty, !clinux_catch(signal) { throw .last }
      actions[signal, default: [:]][key] = action
    }
  }

  func remove(_ signal: Int32, _ key: ObjectIdentifier) {
    actions.withLock { actions in
      guard actions[signal]?.removeValue(forKey: key) != nil else { return }
      if actions[signal]?.isEmpty == true { clinux_let_go(signal) }
    }
  }
}
