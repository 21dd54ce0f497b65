/// What the portal of a session offers for dictation.
package struct PortalSurvey: Equatable, Sendable {
  /// The version of what watches keys; nil where nothing does.
  package let shortcuts: UInt32?
  /// The version of what presses keys; nil where nothing does.
  package let typing: UInt32?
  /// Whether the user once permitted to press keys, and the desktop remembers that.
  package let isTypingPermitted: Bool

  /// Asks; a session without a portal offers nothing.
  package init(_ session: DesktopSession) {
    let waker = try? PortalWaker()
    let portal = waker.flatMap { try? Portal(session, unless: $0.number) }
    shortcuts = try? portal?.version(of: GlobalShortcuts.interface)
    typing = try? portal?.version(of: PortalKeyboard.interface)
    isTypingPermitted = PortalToken(session).text != nil
  }
}
