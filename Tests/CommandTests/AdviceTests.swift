import Audio
import Desktop
import System
import Testing
import utter

/// The way out of errors that the rooms below only state.
@Suite struct AdviceTests {
  @Test func desktop() {
    let commands: [(error: DesktopError, named: String)] = [
      (.toolFailed(name: "wtype", reason: "broken"), "--driver dotool"),
      (.toolFailed(name: "wtype", reason: "broken"), "utter history"),
      (.toolFailed(name: "X server", reason: "broken"), "utter history"),
      (.untypable(name: "dotool", characters: ["ß"], reason: "no key"), "--fallback paste"),
      (.notPasted(chord: "ctrl+v"), "paste.windows"),
      (.clipboardTaken, "utter history"), (.noClipboard, "DISPLAY is set"),
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

  @Test func audio() {
    let commands: [(error: AudioError, named: String)] = [
      (.device(name: "hw:9", .missing), "utter devices"),
      (.device(name: "hw:9", .unusable("broken")), "utter devices"),
      (.device(name: "hw:9", .format), "\"plug:hw:9\""),
      (.device(name: "hw:9", .rate(1)), "\"plug:hw:9\""),
      (.badData(path: "x", .damaged("broken")), "ffmpeg -i"),
      (.badData(path: "x", .noConverter(program: "ffmpeg")), "install ffmpeg"),
      (.noInput(path: "-", .closed(Errno(9))), "standard input is closed"),
    ]
    for (error, named) in commands {
      #expect(advice(for: error)?.contains(named) == true, "\(error)")
      #expect(!error.reason.contains(named), "\(error)")
    }
  }
}
