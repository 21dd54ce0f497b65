internal import ArgumentParser
package import Desktop

/// A dictation that did not get into its window, or not all of it.
package struct UndeliveredText: AdvisedError {
  /// Why.
  let error: DesktopError
  /// Whether the history has it.
  let isKept: Bool

  /// A dictation that did not arrive.
  package init(_ error: DesktopError, isKept: Bool) { (self.error, self.isKept) = (error, isKept) }

  var message: String { error.description }
  var exitCode: ExitCode { error.exitCode }
  var advice: String? {
    let ways = [error.advice, isKept ? "`utter history` has the text" : nil].compactMap(\.self)
    return ways.isEmpty ? nil : ways.joined(separator: "; ")
  }
}

extension DesktopError: AdvisedError {
  var advice: String? {
    switch self {
    case .noSession: "run it inside the session: WAYLAND_DISPLAY or DISPLAY must be set"
    case .noDisplay(let variable, _):
      "run it inside the session: \(variable) must name its display"
    case .seatTaken: "one is enough; `utter doctor` shows who types where"
    case .unusableSeat: "the folder must be yours; XDG_RUNTIME_DIR names it"
    case .displayLacks, .keyboardHeld, .interrupted, .clipboardTaken: nil
    case .noTool(let names, _): "install \(names.joined(separator: " or "))"
    case .toolFailed(let name, _): Self.adviceByTool[name]
    case .untypable: "`--fallback paste` pastes such text"
    case .notPasted:
      """
      the text is on the clipboard; what this window pastes with can be set with --chord, or in \
      `paste.windows`
      """
    case .noClipboard: "with XWayland it works, where DISPLAY is set"
    case .badChord: "for example ctrl+v, ctrl+shift+v or shift+insert"
    case .badShortcut: "for example super+f9, ctrl+alt+space or pause"
    case .noBus: "run it inside the session: DBUS_SESSION_BUS_ADDRESS must name its bus"
    case .busCall, .noShortcuts, .notBound:
      """
      `utter hotkey --key KEY_RIGHTCTRL` reads the keyboards itself; or bind a key to \
      `utter record toggle` in the desktop's settings
      """
    case .notPermitted:
      "say yes where the desktop asks; or install dotool or ydotool, which do not ask it"
    case .keysTaken: "take others, or free them in the desktop's settings"
    case .notForgotten: "its settings list the shortcuts of programs, and take them away"
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
    "wtype": "`--driver dotool` or `--driver ydotool` work where wtype does not",
    "dotool": "dotool writes to /dev/uinput: join the group that owns it and log in again",
    "ydotool": "ydotool writes to /dev/uinput, newer ones through ydotoold, which must run",
  ]

  var exitCode: ExitCode {
    switch self {
    case .badChord, .badShortcut, .unknownKey: .usage
    case .untypable: .badData
    case .noSession, .noDisplay, .seatTaken, .unusableSeat, .displayLacks, .keyboardHeld,
      .interrupted, .noTool, .toolFailed, .notPasted, .clipboardTaken, .noClipboard, .noAccess,
      .unusableDevice, .noBus, .busCall, .noShortcuts, .notBound, .keysTaken,
      .notForgotten, .notPermitted:
      .unavailable
    }
  }
}
