/// A tool that presses keys in a session.
protocol Keystrokes {
  /// Characters of a text that it cannot type, and why; nil where it can type all.
  func untypable(in text: KeystrokeText) throws(DesktopError) -> (Set<Character>, reason: String)?
  /// Types a text, all of which it can.
  func type(_ text: KeystrokeText) throws(DesktopError)
  /// Waits until keys reach the window, where they may be held up.
  func waitUntilReady() throws(DesktopError)
  /// Presses keys together and releases them.
  func press(_ chord: Chord) throws(DesktopError)
}

extension Keystrokes {
  func waitUntilReady() {}
}

extension TypingDriver {
  /// The driver at work in a session.
  ///
  /// - Parameters:
  ///   - session: The session.
  ///   - delay: What to wait after each character; nil for what the driver needs.
  /// - Returns: The driver.
  func keystrokes(in session: DesktopSession, delay: Duration? = nil) -> any Keystrokes {
    switch self {
    case .wayland: WaylandKeyboard(session: session, delay: delay)
    case .wtype: Wtype(session: session, delay: delay)
    case .dotool: Dotool(session: session, delay: delay)
    case .ydotool: Ydotool(session: session, delay: delay)
    case .portal: PortalKeyboard(session: session, delay: delay)
    case .x11: X11Keyboard(session: session, delay: delay)
    }
  }
}

extension Duration {
  /// Whole milliseconds, as tools take them.
  var milliseconds: String { String(Int((self / .milliseconds(1)).rounded(.up))) }
}

/// Variables without which wtype reads bytes beyond ASCII as nothing.
let unicodeLocale = ["LC_ALL": "C.UTF-8"]
