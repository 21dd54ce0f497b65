/// The selections of a session, as programs see them that only read or set.
package struct Clipboard {
  private let session: DesktopSession
  private let keeper: ClipboardKeeper

  /// - Parameters:
  ///   - session: Whose.
  ///   - keeper: Holds what is set.
  package init(session: DesktopSession, keeper: ClipboardKeeper = ClipboardKeeper()) {
    (self.session, self.keeper) = (session, keeper)
  }

  /// What stands on a selection now.
  ///
  /// - Parameter selection: Which one.
  /// - Returns: No items where there is nothing; nil where its owner does not say what it has.
  /// - Throws: `.noSession`, `.noDisplay` or `.noClipboard`.
  package func content(
    of selection: Selection = .clipboard
  ) throws(DesktopError) -> ClipboardContent? {
    try session.clipboard().content(of: selection, until: .now + ClipboardLimits.time)
  }

  /// Puts content there, where it stays until somebody else puts something there.
  ///
  /// - Parameters:
  ///   - content: What.
  ///   - selection: Where.
  /// - Throws: What `content` throws, and `.noTool` or `.toolFailed` where it cannot be kept.
  package func set(
    _ content: ClipboardContent, on selection: Selection = .clipboard
  ) throws(DesktopError) {
    let connection = try session.clipboard()
    connection.offer(content, on: [selection], first: nil)
    if content.items.isEmpty { return connection.clear(selection) }
    try keeper.take([selection: content], from: connection, in: session)
  }
}

extension DesktopSession {
  /// What gives access to the clipboard, in words.
  ///
  /// - Throws: `.noSession`, `.noDisplay` or `.noClipboard`.
  package func clipboardAccess() throws(DesktopError) -> String {
    switch try clipboard() {
    case is WaylandClipboard: "the compositor's data control"
    case _ where kind == .wayland: "through XWayland"
    case _: "X11's selections"
    }
  }

  /// A connection to its selections.
  func clipboard() throws(DesktopError) -> any ClipboardConnection {
    switch kind {
    case .x11: return try X11Clipboard(self)
    case .wayland:
      if let clipboard = try WaylandClipboard(self) { return clipboard }
      // GNOME lets only windows have the clipboard, and hands on what XWayland's programs do.
      guard environment["DISPLAY"]?.isEmpty == false else { throw .noClipboard }
      return try X11Clipboard(self)
    case .none: throw .noSession
    }
  }
}
