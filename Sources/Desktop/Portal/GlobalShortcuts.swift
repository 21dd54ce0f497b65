internal import System

/// Keys that the desktop watches for this program: to hold, or to press.
///
/// The desktop lists them among its own settings, where the user chooses others; the program
/// proposes some, which count the first time. In the portal this is the interface GlobalShortcuts.
package final class GlobalShortcuts: Sendable {
  /// What a key did.
  package enum Change: Equatable, Sendable {
    /// Those to hold went down, or came up.
    case pressed, released
    /// Those to press were.
    case toggled
  }

  private let session: DesktopSession
  private let isToggle: Bool
  private let shortcut: Shortcut
  /// Readable once it shall stop.
  private let stopping: Waker

  /// What the desktop watches.
  private struct Shortcut: Sendable {
    let id, description: String
    let keys: ShortcutKeys

    /// As the portal wants it: a list.
    var value: BusValue {
      let options = ["description": description, "preferred_trigger": keys.trigger]
      let entry = BusValue.structure([.text(id), .options(options.mapValues { .text($0) })])
      return .array([entry], of: entry.signature)
    }
  }

  private static let interface = "GlobalShortcuts"
  /// How long to wait before it is tried again.
  private static let rest = Duration.seconds(2)

  /// Shortcuts of a session.
  ///
  /// - Parameters:
  ///   - session: Whose desktop watches them.
  ///   - keys: What is proposed; the desktop may know better.
  ///   - isToggle: Whether they are to be pressed, and not held.
  /// - Throws: `.noBus` where the system has nothing left to wait with.
  package init(
    session: DesktopSession, proposing keys: ShortcutKeys, isToggle: Bool
  ) throws(DesktopError) {
    self.session = session
    self.isToggle = isToggle
    shortcut = Shortcut(
      id: isToggle ? "toggle" : "hold",
      description: isToggle ? "Start or stop dictation" : "Dictate while held", keys: keys)
    do throws(Errno) {
      stopping = try Waker()
    } catch {
      throw .noBus(reason: "\(error)")
    }
  }

  /// Ends `run`, from any thread.
  package func stop() { stopping.wake() }

  /// Waits for the keys until `stop` is called or the body throws.
  ///
  /// A key that is down when it is stopped is reported as released, also where the portal ends;
  /// then they are asked for again.
  ///
  /// - Parameters:
  ///   - notice: Takes what the user should know, one line.
  ///   - body: Called for each change.
  /// - Throws: `.noShortcuts` where the desktop watches no keys, `.notBound` and `.busCall` where
  ///   it did not want to, `.noBus` where the session's bus ends; what the body throws.
  package func run(notice: (String) -> Void, _ body: (Change) throws -> Void) throws {
    let portal = try connect()
    try portal.bus.listen(
      "type='signal',sender='\(Portal.name)',interface='org.freedesktop.portal.GlobalShortcuts'")
    try portal.bus.listen(
      "type='signal',sender='\(Portal.name)',interface='org.freedesktop.portal.Session'")
    try portal.bus.listen(
      "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',"
        + "arg0='\(Portal.name)'")
    guard var handle = try bind(portal, notice) else { return }
    // While keys are held, desktops say again and again that they went down.
    var isDown = false
    func note(_ now: Bool) throws {
      guard now != isDown else { return }
      isDown = now
      if !isToggle { try body(isDown ? .pressed : .released) } else if isDown { try body(.toggled) }
    }
    defer { try? portal.close(handle) }
    while let signal = try portal.bus.next(unless: stopping.number) {
      let values = signal.values()
      switch signal.member {
      case "Activated", "Deactivated":
        guard values.count > 1, values[0].text == handle, values[1].text == shortcut.id else {
          continue
        }
        try note(signal.member == "Activated")
      case "Closed" where signal.path == handle, "NameOwnerChanged" where values.last?.text == "":
        try note(false)
        notice("the desktop does not watch the key any more; asking again")
        guard let again = try rebind(portal, insteadOf: handle, notice) else { return }
        handle = again
      default: break
      }
    }
    try note(false)
  }

  private func connect() throws(DesktopError) -> Portal {
    do throws(DesktopError) {
      let portal = try Portal(session, unless: stopping.number)
      _ = try portal.version(of: Self.interface)
      return portal
    } catch {
      throw .noShortcuts(reason: "\(error)")
    }
  }

  /// Asks again until it is granted; nil where it shall stop.
  private func rebind(
    _ portal: Portal, insteadOf handle: String, _ notice: (String) -> Void
  ) throws(DesktopError) -> String? {
    while true {
      do throws(DesktopError) {
        portal.forget(handle)
        return try bind(portal, notice)
      } catch .busCall {
        // The portal is started by asking for it; what it needs may not be there yet.
        if firstReadable([stopping.number], within: Self.rest) != nil { return nil }
      }
    }
  }

  /// Asks the desktop to watch the keys.
  ///
  /// - Returns: The session's name; nil where it shall stop.
  private func bind(
    _ portal: Portal, _ notice: (String) -> Void
  ) throws(DesktopError) -> String? {
    // Plasma 5 binds those that come with the session, and none later.
    let created = try portal.request(
      Self.interface, "CreateSession",
      options: ["session_handle_token": .text("utter"), "shortcuts": shortcut.value])
    guard let created else { return nil }
    guard created.code == 0, let handle = created.results["session_handle"]?.text else {
      throw .notBound(code: created.code)
    }
    let arguments: [BusValue] = [.path(handle)]
    let bound = try portal.request(
      Self.interface, "BindShortcuts", arguments + [shortcut.value, .text("")])
    guard let bound else { return nil }
    // GNOME 48 answers 2 also where it did bind them: what counts is the list.
    var list = bound.results["shortcuts"]?.parts ?? []
    if list.isEmpty {
      list =
        try portal.request(Self.interface, "ListShortcuts", arguments)?.results["shortcuts"]?.parts
        ?? []
    }
    guard !list.isEmpty else {
      try portal.close(handle)
      throw .notBound(code: bound.code)
    }
    notice(described(list))
    return handle
  }

  /// The keys that the desktop chose.
  private func described(_ list: [BusValue]) -> String {
    let entry = list.first { $0.parts.first?.text == shortcut.id }
    let trigger = entry?.parts.last?.options["trigger_description"]?.text ?? ""
    return shortcut.description + ": "
      + (trigger.isEmpty ? "no key; the desktop's settings have it" : trigger)
  }
}

extension Portal {
  /// Ends a session.
  fileprivate func close(_ session: String) throws(DesktopError) {
    _ = try bus.call(Self.interface("Session", of: session), "Close")
  }

  /// Ends a session of which a portal that died has told nobody: Plasma keeps it, and would have
  /// no other of that name.
  fileprivate func forget(_ session: String) {
    let plasma = SessionBus.Target(
      destination: "org.freedesktop.impl.portal.desktop.kde", path: session,
      interface: "org.freedesktop.impl.portal.Session")
    _ = try? bus.call(plasma, "Close")
  }
}
