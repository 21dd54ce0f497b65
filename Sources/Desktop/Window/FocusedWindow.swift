/// The window that keys go to, as far as somebody tells.
package struct FocusedWindow: Equatable, Sendable {
  /// What it is called: class and instance on X11, the app's identifier on Wayland.
  package var names: [String]
  /// The process that it belongs to; nil for those of XWayland, which asks for them.
  package var process: Int32?
  /// On X11, the program that it belongs to, as the part of its number that all its windows share.
  var x11Program: UInt32?

  /// A window.
  ///
  /// - Parameters:
  ///   - names: What it is called.
  ///   - process: Which it belongs to.
  package init(names: [String], process: Int32? = nil) {
    (self.names, self.process) = (names, process)
  }

  /// The session's; nil where nobody tells.
  package init?(in session: DesktopSession) {
    let window: FocusedWindow? =
      switch session.kind {
      case .x11: FocusedWindow(onX11: session)
      case .wayland: FocusedWindow(ofCompositor: session)
      case .none: nil
      }
    guard let window else { return nil }
    self = window
  }

  /// Whether its program asks for the clipboard itself: Wine's have one that does so for them, and
  /// LibreOffice a connection of its own for it.
  var asksItself: Bool {
    !names.contains { name in
      let name = name.lowercased()
      return name.hasSuffix(".exe") || name.hasPrefix("libreoffice") || name.hasPrefix("soffice")
    }
  }

  /// Whether its process has a terminal for others, as terminals have and editors with one in them.
  var hasTerminal: Bool {
    guard let process else { return false }
    return openFiles(of: process).contains { ["/dev/ptmx", "/dev/pts/ptmx"].contains($0) }
  }
}
