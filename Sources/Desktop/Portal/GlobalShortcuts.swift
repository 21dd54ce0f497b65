internal import System

/// Keys that the desktop watches for this program: to hold, and to press.
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
  private let keys: ShortcutKeys
  private let proposed: Shortcut
  /// Readable once it shall stop.
  private let stopping: PortalWaker

  static let interface = "GlobalShortcuts"
  /// How long to wait before it is tried again.
  private static let rest = Duration.seconds(2)

  /// Shortcuts of a session.
  ///
  /// - Parameters:
  ///   - session: Whose desktop watches them.
  ///   - keys: What is proposed; the desktop may know better.
  ///   - shortcut: What for.
  /// - Throws: `.noBus` where the system has nothing left to wait with.
  package init(
    session: DesktopSession, proposing keys: ShortcutKeys, for shortcut: Shortcut
  ) throws(DesktopError) {
    self.session = session
    self.keys = keys
    proposed = shortcut
    stopping = try PortalWaker()
  }

  /// Ends `run`, from any thread.
  package func stop() { stopping.wake() }

  // MARK: - What the desktop keeps

  /// Lets the desktop keep the keys, also where it keeps others, and ends.
  ///
  /// - Returns: All that it keeps now, a line each; none where it was stopped.
  /// - Throws: `.noShortcuts` where the desktop watches no keys, `.notBound` and `.busCall` where
  ///   it did not want to, `.keysTaken` where another program has them.
  package func keep() throws(DesktopError) -> [String] {
    let portal = try connect()
    if let plasma = try PlasmaShortcuts(on: portal.bus), try plasma.keys()[proposed.rawValue] != nil
    {
      try plasma.set(proposed.rawValue, to: keys)
      return Self.lines(try plasma.keys())
    }
    guard let (handle, list) = try bind(portal) else { return [] }
    try portal.close(handle)
    return Self.lines(list)
  }

  /// What the desktop keeps, a line each.
  ///
  /// - Throws: `.noShortcuts` where the desktop watches no keys, `.notBound` and `.busCall` where
  ///   it does not tell.
  package func kept() throws(DesktopError) -> [String] {
    let portal = try connect()
    if let plasma = try PlasmaShortcuts(on: portal.bus) { return Self.lines(try plasma.keys()) }
    guard let handle = try begin(portal, [:]) else { return [] }
    let list = try portal.request(Self.interface, "ListShortcuts", [.path(handle)])
    try portal.close(handle)
    return Self.lines(list?.results["shortcuts"]?.parts ?? [])
  }

  /// Lets the desktop forget all keys that it keeps for this program.
  ///
  /// - Returns: Whether it kept any.
  /// - Throws: `.noShortcuts` where the desktop watches no keys, `.notForgotten` where it does not
  ///   do so for programs, `.busCall`.
  package func forget() throws(DesktopError) -> Bool {
    guard let plasma = try PlasmaShortcuts(on: connect().bus) else { throw .notForgotten }
    var hadAny = false
    for shortcut in Shortcut.allCases {
      if try plasma.forget(shortcut.rawValue) { hadAny = true }
    }
    return hadAny
  }

  // MARK: - Waiting

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
    var down: Set<Shortcut> = []
    func note(_ shortcut: Shortcut, isDown: Bool) throws {
      guard isDown != down.contains(shortcut) else { return }
      if isDown { down.insert(shortcut) } else { down.remove(shortcut) }
      switch shortcut {
      case .hold: try body(isDown ? .pressed : .released)
      case .toggle: if isDown { try body(.toggled) }
      }
    }
    func letGo() throws { for shortcut in down { try note(shortcut, isDown: false) } }
    defer { try? portal.close(handle) }
    while let signal = try portal.bus.next(unless: stopping.number) {
      let values = signal.values()
      switch signal.member {
      case "Activated", "Deactivated":
        guard values.count > 1, values[0].text == handle,
          let shortcut = values[1].text.flatMap(Shortcut.init)
        else { continue }
        try note(shortcut, isDown: signal.member == "Activated")
      case "Closed" where signal.path == handle, "NameOwnerChanged" where values.last?.text == "":
        try letGo()
        notice("the desktop does not watch the key any more; asking again")
        guard let again = try rebind(portal, insteadOf: handle, notice) else { return }
        handle = again
      default: break
      }
    }
    try letGo()
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
        // Another portal answers now, which knows nobody.
        try ApplicationID.register(on: portal.bus)
        return try bind(portal, notice)
      } catch .busCall {
        // The portal is started by asking for it; what it needs may not be there yet.
        if firstReadable([stopping.number], within: Self.rest) != nil { return nil }
      }
    }
  }

  private func bind(
    _ portal: Portal, _ notice: (String) -> Void
  ) throws(DesktopError) -> String? {
    guard let (handle, list) = try bind(portal) else { return nil }
    let lines = Self.lines(list)
    for line in lines { notice(line) }
    if lines.isEmpty { notice(proposed.described("no key; the desktop's settings have it")) }
    return handle
  }

  /// Asks the desktop to watch the keys.
  ///
  /// - Returns: The session's name, and what it watches; nil where it shall stop.
  private func bind(_ portal: Portal) throws(DesktopError) -> (String, [BusValue])? {
    let shortcuts = Shortcut.list(proposing: keys, for: proposed)
    // Plasma 5 binds those that come with the session, and none later.
    guard let handle = try begin(portal, ["shortcuts": shortcuts]) else { return nil }
    let bound = try portal.request(
      Self.interface, "BindShortcuts", [.path(handle), shortcuts, .text("")])
    guard let bound else { return nil }
    // GNOME 48 answers 2 also where it did bind them: what counts is the list.
    var list = bound.results["shortcuts"]?.parts ?? []
    if list.isEmpty {
      let listed = try portal.request(Self.interface, "ListShortcuts", [.path(handle)])
      list = listed?.results["shortcuts"]?.parts ?? []
    }
    guard !list.isEmpty else {
      try portal.close(handle)
      throw .notBound(code: bound.code)
    }
    return (handle, list)
  }

  /// Begins a session of the portal's.
  ///
  /// - Returns: Its name; nil where it shall stop.
  private func begin(
    _ portal: Portal, _ options: [String: BusValue]
  ) throws(DesktopError) -> String? {
    guard let created = try portal.createSession(of: Self.interface, options) else { return nil }
    guard let handle = created.handle else { throw .notBound(code: created.code) }
    return handle
  }

  // MARK: - In words

  /// Those that have keys, as the portal lists them.
  private static func lines(_ list: [BusValue]) -> [String] {
    Shortcut.allCases.compactMap { shortcut in
      let entry = list.first { $0.parts.first?.text == shortcut.rawValue }
      let keys = entry?.parts.last?.options["trigger_description"]?.text ?? ""
      return keys.isEmpty ? nil : shortcut.described(keys)
    }
  }

  /// Those that have keys, as Plasma lists them.
  private static func lines(_ keys: [String: [QtKeys]]) -> [String] {
    Shortcut.allCases.compactMap { shortcut in
      let names = keys[shortcut.rawValue, default: []].map(\.description)
      return names.isEmpty ? nil : shortcut.described(names.joined(separator: ", "))
    }
  }
}

extension Portal {
  /// Ends a session of which a portal that died has told nobody: desktops keep it, and would have
  /// no other of that name.
  fileprivate func forget(_ session: String) {
    for desktop in ["kde", "gnome"] {
      let name = "org.freedesktop.impl.portal.desktop.\(desktop)"
      // Another desktop's, which may be installed too, would be started by the call.
      guard (try? bus.has(name)) == true else { continue }
      let implementation = SessionBus.Target(
        destination: name, path: session, interface: "org.freedesktop.impl.portal.Session")
      _ = try? bus.call(implementation, "Close")
    }
  }
}
