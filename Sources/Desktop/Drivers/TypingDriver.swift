/// The tool that presses keys.
package enum TypingDriver: String, CaseIterable, Sendable {
  /// Wayland's virtual keyboard, with a keymap of its own: types everything, and needs no tool.
  case wayland
  /// The same through the tool of that name, which is slower.
  case wtype
  /// A keyboard that the kernel simulates, with the layout that dotool is told.
  case dotool
  /// A keyboard that the kernel simulates, with US layout.
  case ydotool
  /// Keys that the desktop presses for programs, with its layout, if the user permits it.
  case portal
  /// X11's test keys, with the layout of the server; no tool is needed for them.
  case x11
}

extension TypingDriver {
  /// Whether a program of that name does it.
  package var isTool: Bool { [.wtype, .dotool, .ydotool].contains(self) }

  /// Whether it is there: the tool, or what the compositor must allow.
  ///
  /// - Parameter session: Where it is to type.
  /// - Returns: Whether it can be tried.
  package func isAvailable(in session: DesktopSession) -> Bool {
    switch self {
    case .wayland: WaylandKeyboard.isAllowed(in: session)
    case .portal: PortalKeyboard.isOffered(in: session)
    case .x11: true
    case .wtype, .dotool, .ydotool: session.path(of: rawValue) != nil
    }
  }
}

/// A driver that can work in a session, and why it is the one.
package struct DriverChoice: Equatable, Sendable {
  /// The tool.
  package let driver: TypingDriver
  /// Why it and no other, as part of a sentence.
  package let reason: String

  /// Desktops whose compositors let programs be keyboards.
  private static let virtualKeyboard = [
    "sway", "hyprland", "river", "niri", "wlroots", "wayfire", "labwc", "dwl", "phosh", "cosmic",
  ]
  /// Desktops whose compositors do not.
  private static let noVirtualKeyboard = ["gnome", "kde", "unity", "pantheon", "deepin"]

  /// The installed drivers for a session, best first.
  ///
  /// - Parameters:
  ///   - session: Where to type.
  ///   - forced: The one to take whatever the session is.
  /// - Returns: At least one.
  /// - Throws: `.noSession`, or `.noTool` naming those that would do.
  package static func all(
    for session: DesktopSession, forced: TypingDriver? = nil
  ) throws(DesktopError) -> [DriverChoice] {
    let (drivers, reason) = try candidates(for: session, forced: forced)
    let installed = drivers.filter { forced != nil && !$0.isTool || $0.isAvailable(in: session) }
    guard !installed.isEmpty else {
      throw .noTool(names: drivers.filter(\.isTool).map(\.rawValue), reason: reason)
    }
    return installed.map { DriverChoice(driver: $0, reason: reason) }
  }

  private static func candidates(
    for session: DesktopSession, forced: TypingDriver?
  ) throws(DesktopError) -> ([TypingDriver], String) {
    if let forced { return ([forced], "it was asked for") }
    let desktop = session.names.first
    switch session.kind {
    case .none: throw .noSession
    case .x11: return ([.x11, .dotool, .ydotool], "this is an X11 session")
    case .wayland:
      if let name = session.names.first(where: virtualKeyboard.contains) {
        return ([.wayland, .wtype, .dotool, .ydotool], "\(name) lets programs be keyboards")
      }
      if let name = session.names.first(where: noVirtualKeyboard.contains) {
        return (
          [.dotool, .ydotool, .portal],
          "\(name) lets programs be keyboards through the kernel or its portal only"
        )
      }
      return (
        [.wayland, .wtype, .dotool, .ydotool, .portal],
        "\(desktop ?? "an unknown compositor") is tried with it first"
      )
    }
  }
}
