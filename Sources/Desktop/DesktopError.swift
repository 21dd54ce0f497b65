/// What can go wrong between this program and the user's windows and keys.
package enum DesktopError: Error, Equatable, CustomStringConvertible {
  /// There is no window to type into.
  case noSession
  /// No display answers where the session says that one is.
  case noDisplay(variable: String, value: String)
  /// Another program types what is dictated there already.
  case seatTaken(display: String, program: String)
  /// It cannot be made sure that no other program types there.
  case unusableSeat(path: String, reason: String)
  /// The display is too old for what it is needed for.
  case displayLacks(value: String, extension: String)
  /// Another program holds the keyboard, or somebody a key that makes commands of letters.
  case keyboardHeld
  /// Typing broke off.
  case interrupted(name: String, typed: Int, of: Int)
  /// None of the tools is installed that could do it here.
  case noTool(names: [String], reason: String)
  /// A tool ended badly, or not at all.
  case toolFailed(name: String, reason: String)
  /// The tool cannot type these characters.
  case untypable(name: String, characters: [Character], reason: String)
  /// The paste keys were pressed and no window asked for the text.
  case notPasted(chord: String)
  /// Another program put something on the clipboard before the window asked for the text.
  case clipboardTaken
  /// The compositor lets no program have the clipboard unless it has a window.
  case noClipboard
  /// No keys that can be pressed together.
  case badChord(String)
  /// No keys that a shortcut can have.
  case badShortcut(String)
  /// The bus of the session is not there, or there no more.
  case noBus(reason: String)
  /// A program on the bus did not do what it was asked for; `error` is D-Bus's name for why.
  case busCall(name: String, error: String, reason: String)
  /// The desktop watches no keys for programs.
  case noShortcuts(reason: String)
  /// Another program has these keys.
  case keysTaken(String)
  /// The desktop forgets keys only in its own settings.
  case notForgotten
  /// The desktop presses no keys for this program; 1 where the user said so.
  case notPermitted(code: UInt32)
  /// The desktop does not want to watch a key; 1 where the user said so.
  case notBound(code: UInt32)
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
    case .noDisplay(let variable, let value): "\(variable)=\(value): no such display answers"
    case .seatTaken(let display, let program):
      "display \(display): \(program), types what is dictated already"
    case .unusableSeat(let path, let reason): "\(path): \(reason)"
    case .displayLacks(let value, let name): "display \(value): lacks \(name)"
    case .keyboardHeld: "typing: another program holds the keyboard, or a key is held down"
    case .interrupted(let name, let typed, let all):
      "\(name): broke off after \(typed) of \(all) characters"
    case .noTool(let names, let reason): "\(names.joined(separator: ", ")): not found; \(reason)"
    case .toolFailed(let name, let reason): "\(name): \(reason)"
    case .untypable(let name, let characters, let reason):
      "\(name): cannot type \(characters.map { "\"\($0)\"" }.joined(separator: " ")): \(reason)"
    case .notPasted(let chord): "\(chord): no window asked for the text"
    case .clipboardTaken: "clipboard: another program took it before a window asked for the text"
    case .noClipboard: "clipboard: this compositor lends it to windows only"
    case .badChord(let chord): "\(chord): not a combination of keys"
    case .badShortcut(let keys): "\(keys): not keys for a shortcut"
    case .noBus(let reason): "session bus: \(reason)"
    case .busCall(let name, _, let reason): "\(name): \(reason)"
    case .noShortcuts(let reason): "shortcut: the desktop watches no keys for programs: \(reason)"
    case .keysTaken(let keys): "\(keys): another program has these keys"
    case .notForgotten: "shortcut: this desktop forgets no keys for programs"
    case .notPermitted(let code):
      "typing: the desktop does not permit it" + (code == 1 ? ": it was refused" : "")
    case .notBound(let code):
      "shortcut: " + (code == 1 ? "it was refused" : "this desktop did not take it")
    case .unknownKey(let name, _): "\(name): no such key"
    case .noAccess(let path): "\(path): permission denied"
    case .unusableDevice(let path, let reason): "\(path): \(reason)"
    }
  }
}
