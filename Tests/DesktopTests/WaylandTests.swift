import Desktop
import Foundation
import TestSupport
import Testing

/// Typing and pasting into a real window of a real Wayland compositor.
@Suite(.serialized) struct WaylandTests {
  private func withDesktop(
    _ body: (VirtualWaylandDesktop, TypedText, URL) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let desktop = try VirtualWaylandDesktop()
      defer { desktop.stop() }
      try body(desktop, try TypedText(in: desktop, folder: folder), folder)
    }
  }

  @Test func everyCharacterIsTyped() throws {
    try withDesktop { desktop, window, folder in
      let typist = try Typist(
        session: DesktopSession(environment: desktop.variables), fallback: .none)
      #expect(typist.choice.driver == .wtype)
      var generator = Seeded(1)
      for text in Texts.chosen + (0..<12).map({ _ in Texts.random(40, using: &generator) }) {
        #expect(try typist.type(text).isEmpty)
        #expect(try window.next(expecting: text) == text)
      }
      #expect(try desktop.keepScreenshot("typed-wayland", in: folder) > 1)
    }
  }

  @Test func longTextOfManyCharacters() throws {
    try withDesktop { desktop, window, _ in
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
    try withDesktop { desktop, window, _ in
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

  @Test func pasteKeepsTheClipboard() throws {
    try withDesktop { desktop, window, folder in
      let session = DesktopSession(environment: desktop.variables)
      let clipboard = try Clipboard(session: session)
      let paster = try Paster(session: session, chord: try Chord("ctrl+shift+v"))
      #expect(clipboard.content() == .empty)
      #expect(try paster.paste("erstens ü").isEmpty)
      #expect(try window.next(expecting: "erstens ü") == "erstens ü")
      #expect(clipboard.content() == .empty)
      for before: Clipboard.Content in [
        .bytes(Array("vorher ü\n".utf8), type: "text/plain;charset=utf-8"),
        .bytes([0x89, 0x50, 0, 255], type: "image/png"),
      ] {
        try clipboard.set(before)
        #expect(try paster.paste("zweitens 😀").isEmpty)
        #expect(try window.next(expecting: "zweitens 😀") == "zweitens 😀")
        #expect(clipboard.content() == before)
      }
      try desktop.keepScreenshot("pasted-wayland", in: folder)
    }
  }

  /// A clipboard manager copies what appears on the clipboard before any window can.
  @Test func aClipboardManagerDoesNotTakeTheTextAway() throws {
    try withDesktop { desktop, window, folder in
      let history = folder.appending(path: "history")
      let manager = try desktop.start(
        "wl-paste", ["--watch", "sh", "-c", "cat >> \"$0\"; echo >> \"$0\"", history.path])
      defer {
        manager.terminate()
        manager.waitUntilExit()
      }
      let session = DesktopSession(environment: desktop.variables)
      let clipboard = try Clipboard(session: session)
      let before = Clipboard.Content.bytes(Array("vorher".utf8), type: "text/plain;charset=utf-8")
      try clipboard.set(before)
      let paster = try Paster(session: session, chord: try Chord("ctrl+shift+v"))
      for number in 0..<5 {
        #expect(try paster.paste("Nummer \(number)").isEmpty)
        #expect(try window.next(expecting: "Nummer \(number)") == "Nummer \(number)")
        #expect(clipboard.content() == before)
      }
      #expect(try String(contentsOf: history, encoding: .utf8).contains("Nummer 3"))
    }
  }

  @Test func whatNobodyTakesStaysOnTheClipboard() throws {
    try withDesktop { desktop, window, _ in
      let session = DesktopSession(environment: desktop.variables)
      let paster = try Paster(session: session, chord: try Chord("ctrl+v"))
      #expect(throws: DesktopError.notPasted(chord: "ctrl+v")) { try paster.paste("behalten") }
      #expect(try window.next(expecting: "\u{16}") == "\u{16}")
      #expect(
        try Clipboard(session: session).content()
          == .bytes(Array("behalten".utf8), type: "text/plain;charset=utf-8"))
    }
  }
}
