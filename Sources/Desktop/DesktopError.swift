/// What can go wrong between this program and the user's windows and keys.
package enum DesktopError: Error, Equatable, CustomStringConvertible {
  /// There is no window to type into.
  case noSession
  /// None of the tools is installed that could do it here.
  case noTool(names: [String], reason: String)
  /// A tool ended badly, or not at all.
  case toolFailed(name: String, reason: String)
  /// The tool cannot type these characters.
  case untypable(name: String, characters: [Character], reason: String)
  /// The paste keys were pressed and no window asked for the text.
  case notPasted(chord: String)
  /// No keys that can be pressed together.
  case badChord(String)
  /// No such key.
  case unknownKey(name: String, nearest: String)
  /// An input device may not be read.
  case noAccess(path: String)
  /// An input device cannot be read.
  case unusableDevice(path: String, reason: String)

  /// What and why, one line.
  package var description: String {
    switch self {
    case .noSession: "typing: no Wayland or X11 session in the environment"
    case .noTool(let names, let reason): "\(names.joined(separator: ", ")): not found; \(reason)"
    case .toolFailed(let name, let reason): "\(name): \(reason)"
    case .untypable(let name, let characters, let reason):
      "\(name): cannot type \(characters.map { "\"\($0)\"" }.joined(separator: " ")): \(reason)"
    case .notPasted(let chord): "\(chord): no window asked for the text"
    case .badChord(let chord): "\(chord): not a combination of keys"
    case .unknownKey(let name, _): "\(name): no such key"
    case .noAccess(let path): "\(path): permission denied"
    case .unusableDevice(let path, let reason): "\(path): \(reason)"
    }
  }

  /// The way out.
  package var hint: String? {
    switch self {
    case .noSession: "run it inside the session: WAYLAND_DISPLAY or DISPLAY must be set"
    case .noTool(let names, _): "install \(names.joined(separator: " or "))"
    case .toolFailed(let name, _): Self.hints[name] ?? "`utter history` has the text"
    case .untypable: "`--fallback paste` pastes such text; `utter history` has it too"
    case .notPasted:
      """
      the text is on the clipboard; terminals want --chord ctrl+shift+v, and `utter history` has \
      it too
      """
    case .badChord: "for example ctrl+v, ctrl+shift+v or shift+insert"
    case .unknownKey(_, let nearest): "did you mean \(nearest)? `utter hotkey --list` shows devices"
    case .noAccess:
      """
      `sudo usermod -aG input $USER`, then log in again; every program of yours can then read all \
      keys, so bind the key in the desktop where you can
      """
    case .unusableDevice: "`utter hotkey --list` shows the devices"
    }
  }

  private static let hints = [
    "wtype": "`--driver dotool` or `--driver ydotool` work where wtype does not; "
      + "`utter history` has the text",
    "dotool": "dotool writes to /dev/uinput: join the group that owns it and log in again; "
      + "`utter history` has the text",
    "ydotool": "ydotool writes to /dev/uinput, newer ones through ydotoold, which must run; "
      + "`utter history` has the text",
  ]
}
