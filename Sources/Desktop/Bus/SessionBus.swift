internal import CSystemd
internal import Glibc
internal import System

/// A connection to the bus on which the programs of a session find each other.
///
/// For one thread.
package final class SessionBus {
  /// Who is called, and with which of its interfaces.
  package struct Target: Sendable {
    /// The name of a program on the bus, of an object in it, and of an interface of that.
    package let destination, path, interface: String

    /// The bus itself.
    package static let bus = Target(
      destination: "org.freedesktop.DBus", path: "/org/freedesktop/DBus",
      interface: "org.freedesktop.DBus")
  }

  /// As sd-bus knows it.
  package let bus: OpaquePointer
  private var early: [BusMessage] = []

  /// How long a call is waited for: the program may have to be started first.
  package static let patience = Duration.seconds(20)

  /// Connects.
  ///
  /// - Throws: `.noBus` where there is none.
  package init(_ session: DesktopSession) throws(DesktopError) {
    let folder = session.environment["XDG_RUNTIME_DIR", default: ""]
    let address = session.environment["DBUS_SESSION_BUS_ADDRESS"] ?? "unix:path=\(folder)/bus"
    var opened: OpaquePointer?
    var result = sd_bus_new(&opened)
    guard let opened else { throw .noBus(reason: "\(Errno(-result))") }
    result = sd_bus_set_address(opened, address)
    if result >= 0 { result = sd_bus_set_bus_client(opened, 1) }
    if result >= 0 { result = sd_bus_start(opened) }
    guard result >= 0 else {
      sd_bus_close_unref(opened)
      throw .noBus(reason: "\(Errno(-result))")
    }
    bus = opened
  }

  deinit { sd_bus_close_unref(bus) }

  /// Calls a method and waits for what it returns.
  ///
  /// - Parameters:
  ///   - target: Who is called.
  ///   - method: What for.
  ///   - arguments: All that it takes.
  ///   - limit: How long it is waited for.
  /// - Returns: All that it returns.
  /// - Throws: `.busCall` with the name of the error where it fails, `.noBus` where the bus ended.
  package func call(
    _ target: Target, _ method: String, _ arguments: [BusValue] = [],
    within limit: Duration = patience
  ) throws(DesktopError) -> [BusValue] {
    var created: OpaquePointer?
    var result = sd_bus_message_new_method_call(
      bus, &created, target.destination, target.path, target.interface, method)
    guard let created else { throw .noBus(reason: "\(Errno(-result))") }
    let message = BusMessage(owning: created)
    result = message.append(arguments)
    guard result >= 0 else { throw .busCall(name: method, error: "", reason: "\(Errno(-result))") }
    var failure = sd_bus_error()
    defer { sd_bus_error_free(&failure) }
    var reply: OpaquePointer?
    let limit = UInt64(limit / .microseconds(1))
    result = sd_bus_call(bus, message.handle, limit, &failure, &reply)
    guard result >= 0, let reply else {
      if [ENOTCONN, ECONNRESET].contains(-result) { throw .noBus(reason: "\(Errno(-result))") }
      let reason = failure.message.map { String(cString: $0) } ?? "\(Errno(-result))"
      throw .busCall(
        name: method, error: failure.name.map { String(cString: $0) } ?? "", reason: reason)
    }
    return BusMessage(owning: reply).values()
  }

  /// Whether a program of that name is there; none is started for the question.
  ///
  /// - Throws: `.busCall`, `.noBus`.
  func has(_ name: String) throws(DesktopError) -> Bool {
    try call(.bus, "NameHasOwner", [.text(name)]) == [.flag(true)]
  }

  /// Asks the bus for signals.
  ///
  /// - Parameter rule: Which, as D-Bus writes a rule.
  /// - Throws: `.busCall`, `.noBus`.
  func listen(_ rule: String) throws(DesktopError) {
    _ = try call(.bus, "AddMatch", [.text(rule)])
  }

  /// The next signal.
  ///
  /// - Parameters:
  ///   - stopping: A descriptor that ends waiting when it becomes readable.
  ///   - limit: How long to wait; for ever by default.
  /// - Returns: nil where it was not waited for any longer.
  /// - Throws: `.noBus` where the bus ended.
  package func next(
    unless stopping: Int32, within limit: Duration? = nil
  ) throws(DesktopError) -> BusMessage? {
    if !early.isEmpty { return early.removeFirst() }
    let end = limit.map { ContinuousClock.now + $0 }
    while true {
      var message: OpaquePointer?
      let result = sd_bus_process(bus, &message)
      guard result >= 0 else { throw .noBus(reason: "\(Errno(-result))") }
      if let message { return BusMessage(owning: message) }
      if result > 0 { continue }
      let left = end.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
      let ready = firstReadable([stopping, sd_bus_get_fd(bus)], within: left)
      if ready != 1 { return nil }
    }
  }

  /// Keeps signals for `next`, before those that come.
  func putBack(_ signals: [BusMessage]) { early = signals + early }
}
