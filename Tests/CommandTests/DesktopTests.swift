import Foundation
import TestSupport
import Testing

/// What `utter type`, `paste` and `hotkey` say before they do anything.
@Suite struct DesktopTests {
  private func run(_ arguments: [String], _ environment: [String: String] = [:]) throws
    -> CommandRunner.Outcome
  {
    let nowhere = [
      "DISPLAY": "", "WAYLAND_DISPLAY": "", "PATH": "/nowhere",
      "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere",
    ]
    return try CommandRunner.run(
      arguments, input: Data("text".utf8), environment: nowhere.merging(environment) { $1 })
  }

  @Test(arguments: ["type", "paste"]) func withoutASessionOrATool(_ command: String) throws {
    let outcome = try run([command, "--stdin"])
    #expect(outcome.code == 69)
    #expect(outcome.errors.hasPrefix("utter: typing: no Wayland or X11 session"))
    #expect(outcome.errors.contains("\nhint: "))
    let wayland = ["WAYLAND_DISPLAY": "none", "XDG_CURRENT_DESKTOP": "GNOME"]
    let missing = try run([command, "--dry-run"], wayland)
    #expect(missing.code == 69 && missing.output == "")
    #expect(missing.errors.hasSuffix("hint: install dotool or ydotool\n"))
    #expect(try run([command, "--chord", "ctrl+nothing"]).code == 2)
    #expect(try run([command, "--driver", "telepathy"]).code == 2)
  }

  @Test func theChoiceIsExplained() throws {
    let wayland = ["WAYLAND_DISPLAY": "none", "XDG_CURRENT_DESKTOP": "sway"]
    try withTemporaryFolder { folder in
      let tool = folder.appending(path: "wtype")
      try FileManager.default.createSymbolicLink(
        at: tool, withDestinationURL: URL(fileURLWithPath: "/bin/true"))
      let outcome = try run(["type", "--dry-run"], wayland.merging(["PATH": folder.path]) { $1 })
      #expect(outcome.output == "wtype: sway lets programs be keyboards\n" && outcome.code == 0)
    }
  }

  @Test func aHotkeyThatCannotBe() throws {
    let unknown = try run(["hotkey", "--key", "rightcontrol"])
    #expect(unknown.code == 2 && unknown.errors.contains("did you mean KEY_RIGHTCTRL?"))
    let missing = try run(["hotkey", "--device", "/nowhere/event0"])
    #expect(missing.code == 69 && missing.errors.contains("/nowhere"))
  }

  @Test func aDesktopThatWatchesNoKeysSaysSo() throws {
    for arguments in [["--bind", "f9"], ["--unbind"], ["--shortcut", "f9"]] {
      let outcome = try run(["hotkey"] + arguments)
      #expect(outcome.code == 69)
      #expect(outcome.errors.hasPrefix("utter: shortcut: the desktop watches no keys for programs"))
      #expect(outcome.errors.contains("\nhint: `utter hotkey --key KEY_RIGHTCTRL` reads"))
    }
    #expect(try run(["hotkey", "--bind", "hyper+f9"]).code == 2)
    for others in [["--list"], ["--unbind"], ["--key", "f9"], ["--shortcut", "f9"]] {
      #expect(try run(["hotkey", "--bind", "f9"] + others).code == 2)
    }
  }
}
