internal import System

/// What a Wayland compositor offers to every program.
package final class WaylandGlobals {
  private let connection: WaylandConnection
  private let registry: UInt32
  private var all: [(number: UInt32, interface: String, version: UInt32)] = []

  /// Asks what there is, and waits for the answer.
  package init(_ connection: WaylandConnection) {
    self.connection = connection
    registry = connection.newObject()
    connection.send(WaylandRequest(WaylandConnection.display, 1).adding(registry))
    connection.synchronize { event in
      var arguments = event.reader
      guard event.object == registry, event.operation == 0 else { return }
      all.append((arguments.number(), arguments.text(), arguments.number()))
    }
  }

  /// An object of an interface; nil where there is none.
  ///
  /// - Parameters:
  ///   - interface: What it can do.
  ///   - version: The latest that is understood; the compositor's may be older.
  /// - Returns: Its number.
  package func bind(_ interface: String, version: UInt32 = 1) -> UInt32? {
    guard let global = all.first(where: { $0.interface == interface }) else { return nil }
    let object = connection.newObject()
    connection.send(
      WaylandRequest(registry, 0).adding(global.number).adding(interface)
        .adding(min(version, global.version)).adding(object))
    return object
  }
}

extension WaylandConnection {
  /// Whether a seat that was just bound has a keyboard, which it tells but once.
  func hasKeyboard(_ seat: UInt32) -> Bool {
    var capabilities: UInt32 = 0
    synchronize { event in
      guard event.object == seat, event.operation == 0 else { return }
      var arguments = event.reader
      capabilities = arguments.number()
    }
    return capabilities & 2 != 0
  }

  /// Waits until the compositor has done all that it was asked, and hands out what it tells.
  package func synchronize(_ body: (WaylandEvent) -> Void = { _ in }) {
    let callback = newObject()
    send(WaylandRequest(Self.display, 0).adding(callback))
    let end = ContinuousClock.now + .seconds(2)
    var isDone = false
    while !isDone, !isBroken, ContinuousClock.now < end {
      for event in receive() {
        if event.object == callback { isDone = true } else { body(event) }
      }
      if !isDone { _ = firstReadable([number], within: .milliseconds(100)) }
    }
  }
}
