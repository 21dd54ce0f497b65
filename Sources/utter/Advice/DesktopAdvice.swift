import ArgumentParser
import Desktop

extension DesktopError: AdvisedError {
  var advice: String? {
    switch self {
    case .noSession: "run it inside the session: WAYLAND_DISPLAY or DISPLAY must be set"
    case .noDisplay(let variable, _):
      "run it inside the session: \(variable) must name its display"
    case .seatTaken: "one is enough; `utter doctor` shows who types where"
    case .unusableSeat: "the folder must be yours; XDG_RUNTIME_DIR names it"
    case .displayLacks, .keyboardHeld, .interrupted: "`utter history` has the text"
    case .noTool(let names, _): "install \(names.joined(separator: " or "))"
    case .toolFailed(let name, _): Self.adviceByTool[name] ?? "`utter history` has the text"
    case .untypable: "`--fallback paste` pastes such text; `utter history` has it too"
    case .notPasted:
      """
      the text is on the clipboard; what this window pastes with can be set with --chord, or in \
      `paste.windows`, and `utter history` has the text too
      """
    case .clipboardTaken: "`utter history` has the text"
    case .noClipboard: "with XWayland it works, where DISPLAY is set; `utter history` has the text"
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

  private static let adviceByTool = [
    "wtype": "`--driver dotool` or `--driver ydotool` work where wtype does not; "
      + "`utter history` has the text",
    "dotool": "dotool writes to /dev/uinput: join the group that owns it and log in again; "
      + "`utter history` has the text",
    "ydotool": "ydotool writes to /dev/uinput, newer ones through ydotoold, which must run; "
      + "`utter history` has the text",
  ]

  var exitCode: ExitCode {
    switch self {
    case .badChord, .unknownKey: .usage
    case .untypable: .badData
    case .noSession, .noDisplay, .seatTaken, .unusableSeat, .displayLacks, .keyboardHeld,
      .interrupted, .noTool, .toolFailed, .notPasted, .clipboardTaken, .noClipboard, .noAccess,
      .unusableDevice:
      .unavailable
    }
  }
}
