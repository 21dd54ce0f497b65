internal import System

/// Typing through X11's test keys.
///
/// For a character that no key has, xdotool changes the keymap before its key and back after it,
/// and windows that look a moment later see another character or none. So such characters get
/// unused keys here, all at once before the first is typed, and keep them: every window learns of
/// them before the first key, and no haste is needed.
struct Xdotool: Keystrokes {
  let session: DesktopSession

  func untypable(in text: KeystrokeText) throws(DesktopError) -> (Set<Character>, reason: String)? {
    let keymap = try keymap()
    let missing = keymap.missing(in: text.text)
    let spare = keymap.spare(for: text.text).count
    guard missing.count > spare else { return nil }
    let reason =
      keymap.isKnown
      ? "no key has them, and only \(spare) keys are free"
      : "xmodmap is not installed, which could give them keys"
    return (Set(missing.map(Character.init)), reason)
  }

  func type(_ text: KeystrokeText) throws(DesktopError) {
    let keymap = try keymap()
    let changes = keymap.bindings(for: text.text)
    if !changes.isEmpty {
      try session.run("xmodmap", ["-"], input: Array(changes.utf8))
    }
    try session.run(
      "xdotool", release(keymap) + ["type", "--delay", "4", "--file", "-"],
      input: Array(text.text.utf8), variables: unicodeLocale, limit: text.limit)
  }

  func press(_ chord: Chord) throws(DesktopError) {
    try session.run("xdotool", release(try keymap()) + ["key", chord.xName])
  }

  /// Releases what the user may still hold of the hotkey, by the numbers of the keys: for a name that
  /// no key has xdotool would change the keymap. (`--clearmodifiers` would press it again
  /// afterwards, though the user may have let go.)
  private func release(_ keymap: X11Keymap) -> [String] {
    let names = ["Control_L", "Control_R", "Shift_L", "Shift_R", "Alt_L", "Super_L"]
    return (keymap.isKnown ? keymap.modifiers.map(String.init) : names).flatMap { ["keyup", $0] }
  }

  private func keymap() throws(DesktopError) -> X11Keymap {
    guard session.path(of: "xmodmap") != nil else { return X11Keymap() }
    return X11Keymap(
      table: try session.run("xmodmap", ["-pke"]).outputText,
      modifiers: try session.run("xmodmap", ["-pm"]).outputText)
  }
}

extension Chord {
  /// As xdotool reads it.
  fileprivate var xName: String { (modifiers.map(\.rawValue) + [key]).joined(separator: "+") }
}
