import Desktop
import Testing
import utter

/// The way out of errors that the rooms below only state.
@Suite struct AdviceTests {
  @Test func desktop() {
    let commands: [(error: DesktopError, named: String)] = [
      (.toolFailed(name: "wtype", reason: "broken"), "--driver dotool"),
      (.toolFailed(name: "wtype", reason: "broken"), "utter history"),
      (.toolFailed(name: "xclip", reason: "broken"), "utter history"),
      (.untypable(name: "dotool", characters: ["ß"], reason: "no key"), "--fallback paste"),
      (.notPasted(chord: "ctrl+v"), "--chord ctrl+shift+v"),
      (.unknownKey(name: "F99", nearest: "KEY_F9"), "did you mean KEY_F9?"),
      (.noAccess(path: "/dev/input/event0"), "usermod -aG input"),
      (.unusableDevice(path: "/dev/input/event0", reason: "gone"), "utter hotkey --list"),
      (.noTool(names: ["dotool", "ydotool"], reason: "none"), "install dotool or ydotool"),
    ]
    for (error, named) in commands {
      #expect(advice(for: error)?.contains(named) == true, "\(error)")
      #expect(!error.description.contains(named), "\(error)")
    }
  }
}
