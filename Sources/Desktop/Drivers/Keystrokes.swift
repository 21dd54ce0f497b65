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
  func keystrokes(in session: DesktopSession) -> any Keystrokes {
    switch self {
    case .wtype: Wtype(session: session)
    case .dotool: Dotool(session: session)
    case .ydotool: Ydotool(session: session)
    case .x11: X11Keyboard(session: session)
    }
  }
}

/// Variables without which wtype reads bytes beyond ASCII as nothing.
let unicodeLocale = ["LC_ALL": "C.UTF-8"]
