import CLinux
import Desktop
import Foundation
import TestSupport
import Testing

/// Keys that a real desktop watches: KWin of Plasma, and the portal.
@Suite struct GlobalShortcutsTests {
  @Test func keysAreReadAndProposed() throws {
    #expect(try ShortcutKeys("Super+F9").description == "super+f9")
    #expect(try ShortcutKeys("ctrl+alt+space").description == "ctrl+alt+space")
    #expect(try ShortcutKeys("pause").description == "pause")
    for text in ["", "super+", "f9+super", "ctrl+ctrl+a", "nosuchkey", "hyper+f9", "super f9"] {
      #expect(throws: DesktopError.badShortcut(text)) { try ShortcutKeys(text) }
    }
  }

  @Test func withoutABusNoKeysAreWatched() throws {
    let session = DesktopSession(
      environment: ["WAYLAND_DISPLAY": "none", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"])
    let shortcuts = try GlobalShortcuts(
      session: session, proposing: ShortcutKeys("f9"), for: .hold)
    let error = #expect(throws: DesktopError.self) { try shortcuts.run(notice: { _ in }) { _ in } }
    guard case .noShortcuts = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func plasmaWatchesTheKeys() throws {
    let desktop = try VirtualPlasma()
    defer { desktop.stop() }
    let session = DesktopSession(environment: desktop.variables)
    let hand = try Hand(session)

    let holding = HotkeyRun(
      try GlobalShortcuts(session: session, proposing: ShortcutKeys("f9"), for: .hold))
    #expect(holding.nextNotice() == "Dictate while held: F9")
    hand.press(KEY_F9)
    #expect(holding.next() == .pressed)
    // Long enough for Plasma to say it again: nothing must come of that.
    hand.wait(seconds: 1)
    hand.release(KEY_F9)
    #expect(holding.next() == .released)

    // The portal dies while the key is held: that counts as let go, and the key works again.
    hand.press(KEY_F9)
    #expect(holding.next() == .pressed)
    try desktop.killPortal()
    #expect(holding.next() == .released)
    hand.release(KEY_F9)
    #expect(holding.nextNotice() == "the desktop does not watch the key any more; asking again")
    #expect(holding.nextNotice() == "Dictate while held: F9")
    hand.press(KEY_F9)
    #expect(holding.next() == .pressed)
    #expect(holding.stop() == [.released])
    hand.release(KEY_F9)

    // The others are kept beside them, and either works from now on.
    let both = HotkeyRun(
      try GlobalShortcuts(session: session, proposing: ShortcutKeys("super+f9"), for: .hold))
    #expect(both.nextNotice() == "Dictate while held: F9")
    let change = try GlobalShortcuts(
      session: session, proposing: ShortcutKeys("super+f10"), for: .toggle)
    #expect(try change.kept() == ["Dictate while held: F9"])
    let all = ["Dictate while held: F9", "Start or stop dictation: Meta+F10"]
    #expect(try change.keep() == all)
    hand.press(KEY_LEFTMETA)
    hand.press(KEY_F10)
    #expect(both.next() == .toggled)
    hand.release(KEY_F10)
    hand.release(KEY_LEFTMETA)

    // What is changed counts at once.
    let other = try GlobalShortcuts(session: session, proposing: ShortcutKeys("pause"), for: .hold)
    #expect(try other.keep() == ["Dictate while held: Pause", all[1]])
    hand.press(KEY_PAUSE)
    #expect(both.next() == .pressed)
    hand.release(KEY_PAUSE)
    #expect(both.next() == .released)
    #expect(try other.kept() == ["Dictate while held: Pause", all[1]])
    let taken = try GlobalShortcuts(
      session: session, proposing: ShortcutKeys("super+d"), for: .hold)
    #expect(throws: DesktopError.keysTaken("super+d")) { try taken.keep() }
    #expect(try taken.forget())
    #expect(try taken.kept() == [] && !taken.forget())
    #expect(both.stop() == [])
  }
}
