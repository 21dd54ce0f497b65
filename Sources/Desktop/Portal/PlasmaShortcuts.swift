/// Plasma's list of the keys that it watches (KGlobalAccel), where portals keep theirs too.
///
/// The portal itself remembers what it was proposed first, and has no way to change or forget it.
struct PlasmaShortcuts {
  private let bus: SessionBus

  /// The names under which the portal keeps those of this program, in Plasma 6 and Plasma 5.
  private static let components = ["token_\(Portal.sessionToken)", Portal.sessionToken]
  private static let service = "org.kde.kglobalaccel"
  private static let list = SessionBus.Target(
    destination: service, path: "/kglobalaccel", interface: "org.kde.KGlobalAccel")

  /// Plasma's list; nil on other desktops.
  ///
  /// - Throws: `.busCall`, `.noBus`.
  init?(on bus: SessionBus) throws(DesktopError) {
    self.bus = bus
    guard try bus.has(Self.service) else { return nil }
  }

  /// The keys of each shortcut of this program that Plasma knows, by the shortcut's name.
  func keys() throws(DesktopError) -> [String: [QtKeys]] {
    guard let component = try component(),
      let path = try bus.call(Self.list, "getComponent", [.text(component)]).first?.text
    else { return [:] }
    let target = SessionBus.Target(
      destination: Self.service, path: path, interface: "org.kde.kglobalaccel.Component")
    let entries = try bus.call(target, "allShortcutInfos").first?.parts ?? []
    return entries.reduce(into: [:]) { keys, entry in
      // Name and text of the shortcut, of its component and of its context; keys, keys at first.
      guard entry.parts.count > 6, let name = entry.parts[0].text else { return }
      keys[name] = entry.parts[6].parts.compactMap(\.signed).filter { $0 != 0 }
        .map { QtKeys(number: $0) }
    }
  }

  /// Gives a shortcut that Plasma knows other keys, at once for a program that waits for them.
  ///
  /// - Throws: `.keysTaken` where another program has them.
  func set(_ name: String, to keys: ShortcutKeys) throws(DesktopError) {
    guard let number = QtKeys(keys)?.number else { throw .badShortcut(keys.description) }
    // Up to four keys one after the other.
    let sequence = BusValue.array([.signed(number), .signed(0), .signed(0), .signed(0)], of: "i")
    guard let component = try component(), try self.keys()[name] != [QtKeys(number: number)] else {
      return
    }
    let isFree = try bus.call(
      Self.list, "globalShortcutAvailable", [.structure([sequence]), .text("")])
    guard isFree == [.flag(true)] else { throw .keysTaken(keys.description) }
    let action = BusValue.array([component, name, "", ""].map { .text($0) }, of: "s")
    let sequences = BusValue.array([.structure([sequence])], of: "(ai)")
    _ = try bus.call(Self.list, "setForeignShortcutKeys", [action, sequences])
  }

  /// Lets Plasma forget a shortcut.
  ///
  /// - Returns: Whether it knew it.
  func forget(_ name: String) throws(DesktopError) -> Bool {
    guard let component = try component(), try keys()[name] != nil else { return false }
    return try bus.call(Self.list, "unregister", [.text(component), .text(name)]) == [.flag(true)]
  }

  /// What Plasma calls this program; nil where it never had any shortcuts of it.
  private func component() throws(DesktopError) -> String? {
    let known = try bus.call(Self.list, "allMainComponents").first?.parts ?? []
    let names = Set(known.compactMap { $0.parts.first?.text })
    return Self.components.first(where: names.contains)
  }
}
