internal import CSystemd
package import Desktop
internal import Foundation
internal import System

/// A bus with a program of the tests on it that plays parts of a desktop.
package final class FakeBus {
  /// A method that was called.
  package struct Call: Equatable {
    package let interface, method: String
    package let values: [BusValue]

    /// The options among its values, by name.
    package var options: [String: BusValue] { values.map(\.options).first { !$0.isEmpty } ?? [:] }
  }

  /// What comes of a call.
  package enum Answer {
    /// It returns values.
    case values([BusValue])
    /// It is a request of the portal, whose outcome comes as a signal.
    case response(UInt32, [String: BusValue] = [:])
  }

  /// The session that it is the bus of.
  package let session: DesktopSession
  private let folder: URL
  private let daemon: Process
  private let player: Player

  /// Starts it.
  ///
  /// - Parameters:
  ///   - names: What the program is called on the bus.
  ///   - variables: Those of the session, beside where its bus is.
  ///   - answer: What comes of each call, which fails where that is nil.
  /// - Throws: When it does not start.
  package init(
    as names: [String], _ variables: [String: String] = [:],
    _ answer: @escaping @Sendable (Call) -> Answer?
  ) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let place = folder.appending(path: "bus").path
    let configuration = """
      <busconfig><type>session</type><listen>unix:path=\(place)</listen>
      <policy context="default"><allow send_destination="*" eavesdrop="true"/>
      <allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
      """
    try Data(configuration.utf8).write(to: folder.appending(path: "bus.conf"))
    daemon = Process()
    daemon.executableURL = URL(fileURLWithPath: "/usr/bin/dbus-daemon")
    daemon.arguments = ["--nofork", "--config-file=\(folder.path)/bus.conf", "--print-address"]
    let address = Pipe()
    daemon.standardOutput = address
    try daemon.runWithSignals()
    _ = address.fileHandleForReading.availableData
    session = DesktopSession(
      environment: variables.merging(["DBUS_SESSION_BUS_ADDRESS": "unix:path=\(place)"]) { $1 })
    player = try Player(session, names, answer)
  }

  deinit {
    player.end()
    daemon.terminate()
    daemon.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// What was called so far.
  package var calls: [Call] { player.calls }

  /// Sends a signal.
  package func emit(_ interface: String, _ member: String, _ values: [BusValue], from path: String)
  {
    player.emit(Signal(path: path, interface: interface, member: member, values: values))
  }
}

private struct Signal {
  let path, interface, member: String
  let values: [BusValue]
}

/// The program on the bus, in a thread of its own.
private final class Player: @unchecked Sendable {
  private let waker: Waker
  private let lock = NSCondition()
  private var heard: [FakeBus.Call] = []
  private var signals: [Signal] = []
  private var isEnding = false
  private var isOver = false

  init(
    _ session: DesktopSession, _ names: [String],
    _ answer: @escaping @Sendable (FakeBus.Call) -> FakeBus.Answer?
  ) throws {
    waker = try Waker()
    let isThere = DispatchSemaphore(value: 0)
    Thread.detachNewThread { [self] in
      defer {
        lock.withLock {
          isOver = true
          lock.broadcast()
        }
      }
      let bus = try? SessionBus(session)
      for name in names { _ = try? bus?.call(.bus, "RequestName", [.text(name), .number(0)]) }
      isThere.signal()
      while let bus, !lock.withLock({ isEnding }) { play(on: bus, answer) }
    }
    isThere.wait()
  }

  var calls: [FakeBus.Call] { lock.withLock { heard } }

  func emit(_ signal: Signal) {
    lock.withLock { signals.append(signal) }
    waker.wake()
  }

  func end() {
    lock.withLock { isEnding = true }
    waker.wake()
    lock.withLock { while !isOver { lock.wait() } }
  }

  private func play(
    on bus: SessionBus, _ answer: (FakeBus.Call) -> FakeBus.Answer?
  ) {
    guard let message = try? bus.next(unless: waker.number) else {
      waker.reset()
      let due = lock.withLock {
        defer { signals = [] }
        return signals
      }
      for signal in due { send(signal, on: bus) }
      return
    }
    guard sd_bus_message_is_method_call(message.handle, nil, nil) > 0 else { return }
    let call = FakeBus.Call(
      interface: sd_bus_message_get_interface(message.handle).map { String(cString: $0) } ?? "",
      method: message.member, values: message.values())
    lock.withLock { heard.append(call) }
    switch answer(call) {
    case .values(let values): reply(to: message, values)
    case .response(let code, let results):
      let token = call.options["handle_token"]?.text ?? ""
      let request = "/org/freedesktop/portal/desktop/request/test/\(token)"
      reply(to: message, [.path(request)])
      let signal = Signal(
        path: request, interface: "org.freedesktop.portal.Request", member: "Response",
        values: [.number(code), .options(results)])
      send(signal, on: bus)
    case nil: sd_bus_reply_method_errno(message.handle, -EACCES, nil)
    }
  }

  private func reply(to call: BusMessage, _ values: [BusValue]) {
    var created: OpaquePointer?
    sd_bus_message_new_method_return(call.handle, &created)
    guard let created else { return }
    let message = BusMessage(owning: created)
    _ = message.append(values)
    sd_bus_send(nil, message.handle, nil)
  }

  private func send(_ signal: Signal, on bus: SessionBus) {
    var created: OpaquePointer?
    sd_bus_message_new_signal(bus.bus, &created, signal.path, signal.interface, signal.member)
    guard let created else { return }
    let message = BusMessage(owning: created)
    _ = message.append(signal.values)
    sd_bus_send(bus.bus, message.handle, nil)
  }
}
