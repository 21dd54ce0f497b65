import CLinux
import Desktop
import Foundation
import TestSupport
import Testing

/// The hotkey, read from pipes in the place of keyboards.
@Suite struct HotkeyTests {
  @Test func keysHaveTheKernelsNumbers() throws {
    let names = [
      "KEY_RIGHTCTRL": KEY_RIGHTCTRL, "rightctrl": KEY_RIGHTCTRL, "KEY_F12": KEY_F12,
      "f24": KEY_F24, "pause": KEY_PAUSE, "KEY_A": KEY_A, "slash": KEY_SLASH, "dot": KEY_DOT,
      "102nd": KEY_102ND, "KPDOT": KEY_KPDOT, "COMPOSE": KEY_COMPOSE, "menu": KEY_MENU,
      "rightmeta": KEY_RIGHTMETA, "BTN_SIDE": BTN_SIDE, "micmute": KEY_MICMUTE,
      "HENKAN": KEY_HENKAN,
      "record": KEY_RECORD, "voicecommand": KEY_VOICECOMMAND, "SCALE": KEY_SCALE, "fn": KEY_FN,
      "delete": KEY_DELETE, "kpenter": KEY_KPENTER, "space": KEY_SPACE, "f13": KEY_F13,
      "calc": KEY_CALC, "stop": KEY_STOP, "rightbrace": KEY_RIGHTBRACE, "backslash": KEY_BACKSLASH,
      "KEY_5": KEY_5, "kpplus": KEY_KPPLUS, "btn_back": BTN_BACK,
    ]
    for (name, code) in names { #expect(try Key(name).code == UInt16(code), "\(name)") }
    #expect(try Key("97").code == 97)
    #expect(try Key("5").code == UInt16(KEY_5))
  }

  @Test func anUnknownKeyNamesItsNeighbour() {
    #expect(throws: DesktopError.unknownKey(name: "RIGTHCTRL", nearest: "KEY_RIGHTCTRL")) {
      try Key("RIGTHCTRL")
    }
    for name in ["", "768", "-3", "99999999", "ключ"] {
      #expect(throws: DesktopError.self) { try Key(name) }
    }
  }

  @Test func pressAndRelease() throws {
    try withKeyboards { desk in
      let first = try desk.plug("event0")
      let run = try desk.start()
      first.write(EV_KEY, KEY_A, 1)
      first.write(EV_KEY, KEY_RIGHTCTRL, 1)
      #expect(run.next() == .pressed)
      // Held: the kernel repeats it.
      for _ in 0..<5 { first.write(EV_KEY, KEY_RIGHTCTRL, 2) }
      first.write(EV_KEY, KEY_RIGHTCTRL, 0)
      #expect(run.next() == .released)
      // Both at once, in a piece that ends in the middle of an event.
      first.write(EV_KEY, KEY_RIGHTCTRL, 1, keepingBack: 10)
      first.write(EV_KEY, KEY_RIGHTCTRL, 0)
      #expect(run.next() == .pressed)
      #expect(run.next() == .released)
      #expect(run.stop().isEmpty)
    }
  }

  @Test func devicesAreListed() throws {
    try withKeyboards { desk in
      let keyboards = [try desk.plug("event1"), try desk.plug("event0"), try desk.plug("mouse0")]
      let names = try Hotkey.devices(with: Key("f9"), folder: desk.folder.path)
      #expect(names == keyboards[...1].reversed().map { "\($0.path)  unnamed" })
    }
  }

  @Test func severalKeyboardsAreOneKey() throws {
    try withKeyboards { desk in
      let first = try desk.plug("event0")
      let second = try desk.plug("event7")
      let run = try desk.start()
      first.write(EV_KEY, KEY_RIGHTCTRL, 1)
      #expect(run.next() == .pressed)
      second.write(EV_KEY, KEY_RIGHTCTRL, 1)
      try waitUntil("the second keyboard is read") { second.isRead }
      first.write(EV_KEY, KEY_RIGHTCTRL, 0)
      try waitUntil("the first keyboard is read") { first.isRead }
      second.write(EV_KEY, KEY_RIGHTCTRL, 0)
      #expect(run.next() == .released)
      #expect(run.stop().isEmpty)
    }
  }

  @Test func aKeyboardMayComeAndGo() throws {
    try withKeyboards { desk in
      let run = try desk.start()
      #expect(run.notices() == ["no keyboard has this key; waiting for one"])
      var keyboard = try desk.plug("event3")
      keyboard.write(EV_KEY, KEY_RIGHTCTRL, 1)
      #expect(run.next() == .pressed)
      // Pulled out with the key down.
      desk.unplug(keyboard)
      #expect(run.next() == .released)
      keyboard = try desk.plug("event3")
      keyboard.write(EV_KEY, KEY_RIGHTCTRL, 1)
      #expect(run.next() == .pressed)
      #expect(run.stop() == [.released])
    }
  }

  /// The kernel lost events: a pipe cannot say that the key is down, so it is up.
  @Test func lostEventsReleaseTheKey() throws {
    try withKeyboards { desk in
      let keyboard = try desk.plug("event0")
      let run = try desk.start()
      keyboard.write(EV_KEY, KEY_RIGHTCTRL, 1)
      #expect(run.next() == .pressed)
      keyboard.write(EV_SYN, SYN_DROPPED, 0)
      #expect(run.next() == .released)
      #expect(run.stop().isEmpty)
    }
  }

  @Test func anyBytesAreRead() throws {
    var generator = Seeded(5)
    try withKeyboards { desk in
      let keyboard = try desk.plug("event0")
      let run = try desk.start()
      for _ in 0..<200 {
        keyboard.write(
          (0..<Int.random(in: 1..<400, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
          })
      }
      var isDown = false
      for change in run.stop() {
        #expect((change == .pressed) != isDown)
        isDown.toggle()
      }
      #expect(!isDown)
    }
  }

  @Test func whatCannotBeReadIsNamed() throws {
    let nowhere = try Hotkey(try Key("F9"), folder: "/nowhere")
    #expect(throws: DesktopError.self) { try nowhere.run(notice: { _ in }) { _ in } }
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "event0").path
      let missing = try Hotkey(try Key("F9"), device: path)
      #expect(throws: DesktopError.unusableDevice(path: path, reason: "No such file or directory"))
      {
        try missing.run(notice: { _ in }) { _ in }
      }
    }
  }
}
