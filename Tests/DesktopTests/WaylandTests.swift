import Desktop
import Foundation
import TestSupport
import Testing

/// What a Wayland compositor alone asks of those who type and paste.
@Suite(.serialized) struct WaylandTests {
  @Test func longTextOfManyCharacters() throws {
    try TestedDesktop.wayland.run { desktop, window, _ in
      var generator = Seeded(2)
      let many = (0..<500).compactMap { Unicode.Scalar(0x4e00 + $0 * 7).map(Character.init) }
      let text = Texts.random(1500, using: &generator) + String(many)
      let typist = try Typist(session: DesktopSession(environment: desktop.variables))
      #expect(try typist.type(text).isEmpty)
      #expect(try window.next(expecting: text) == text)
    }
  }

  /// As when the user still holds a part of the hotkey.
  @Test func keysHeldOnAnotherKeyboardChangeNothing() throws {
    try TestedDesktop.wayland.run { desktop, window, _ in
      let other = try desktop.start("wtype", ["-M", "ctrl", "-M", "logo", "-s", "60000"])
      defer {
        other.terminate()
        other.waitUntilExit()
      }
      let typist = try Typist(session: DesktopSession(environment: desktop.variables))
      for text in Texts.chosen.prefix(4) {
        #expect(try typist.type(text).isEmpty)
        #expect(try window.next(expecting: text) == text)
      }
    }
  }

  /// A clipboard manager copies what appears on the clipboard before any window can.
  @Test func aClipboardManagerNeitherTakesNorKeepsTheText() throws {
    try TestedDesktop.wayland.run { desktop, window, folder in
      let history = folder.appending(path: "history")
      let manager = try desktop.start(
        "wl-paste", ["--watch", "sh", "-c", "cat >> \"$0\"; echo >> \"$0\"", history.path])
      defer {
        manager.terminate()
        manager.waitUntilExit()
      }
      let before = ClipboardContent([.init("text/plain;charset=utf-8", Data("vorher".utf8))])
      try desktop.clipboard.set(before)
      try waitUntil("what the manager keeps") {
        (try? String(contentsOf: history, encoding: .utf8))?.contains("vorher") == true
      }
      let paster = try desktop.paster()
      for number in 0..<5 {
        #expect(try paster.paste("Nummer \(number)").isEmpty)
        #expect(try window.next(expecting: "Nummer \(number)") == "Nummer \(number)")
        #expect(try desktop.clipboard.content() == before)
      }
      #expect(try !String(contentsOf: history, encoding: .utf8).contains("Nummer"))
    }
  }
}
