/// Pastes text where the cursor is, and puts the clipboard back.
package struct Paster: Sendable {
  private let session: DesktopSession
  private let driver: TypingDriver
  private let chord: Chord

  /// A paster for a session.
  ///
  /// - Parameters:
  ///   - session: Where to paste.
  ///   - driver: The tool that presses the keys; by default the session's best.
  ///   - chord: The keys that paste.
  /// - Throws: `.noSession`, or `.noTool` where no tool is installed that could press keys.
  package init(
    session: DesktopSession, driver: TypingDriver? = nil, chord: Chord = .paste
  ) throws(DesktopError) {
    self.session = session
    self.driver = try DriverChoice.all(for: session, forced: driver)[0].driver
    self.chord = chord
  }

  /// Pastes a text and waits until it was taken.
  ///
  /// - Returns: What the user should know: that the clipboard could not be put back. Mostly
  ///   nothing.
  /// - Throws: `.notPasted` where no window asks for the text, which then stays on the clipboard,
  ///   as it does when the keys cannot be pressed; `.noTool` or `.toolFailed`.
  package func paste(_ text: String) throws(DesktopError) -> [String] {
    let text = KeystrokeText(text).text
    guard !text.isEmpty else { return [] }
    let clipboard = try Clipboard(session: session)
    let before = clipboard.content()
    let offer = try clipboard.offer(text)
    offer.waitUntilMade()
    let requests = offer.requests
    do throws(DesktopError) {
      try driver.keystrokes(in: session).press(chord)
    } catch {
      offer.leave()
      throw error
    }
    guard offer.waitUntilTaken(after: requests) else {
      offer.leave()
      throw .notPasted(chord: chord.description)
    }
    // Whoever copied something meanwhile keeps it.
    guard !offer.hasEnded else { return [] }
    if before == .unreadable {
      offer.leave()
      return ["what was on the clipboard before could not be read, so the text stays there"]
    }
    try clipboard.set(before)
    // On X11 an empty clipboard is one without an owner; on Wayland the offer has ended by now.
    if before != .empty || session.kind == .wayland { offer.waitUntilReplaced() }
    return []
  }
}
