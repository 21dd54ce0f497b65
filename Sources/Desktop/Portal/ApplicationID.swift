/// The name by which portals know this program, that of its desktop file.
enum ApplicationID {
  private static let name = "org.utter.Utter"
  private static let registry = SessionBus.Target(
    destination: Portal.name, path: Portal.path,
    interface: "org.freedesktop.host.portal.Registry")

  /// Says who asks; GNOME binds no keys for a program without a name.
  ///
  /// Nothing happens where the portal is older than such names, or the desktop file is not
  /// installed; nor in Plasma, which keeps keys under the session's name already.
  ///
  /// - Parameter bus: A connection on which the portal was not asked for anything yet.
  /// - Throws: `.noBus` where the bus ended, `.busCall` where it does not answer.
  static func register(on bus: SessionBus) throws(DesktopError) {
    guard try PlasmaShortcuts(on: bus) == nil else { return }
    do throws(DesktopError) {
      _ = try bus.call(registry, "Register", [.text(name), .options([:])])
    } catch .busCall {}
  }
}
