import Desktop
import Foundation
import TestSupport
import Testing

/// Typing and pasting into a real window of a real X11 server.
@Suite(.serialized) struct X11Tests {
  private func withDesktop(
    layout: String = "us", _ body: (VirtualX11Desktop, TypedText, URL) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let desktop = try VirtualX11Desktop(layout: layout)
      defer { desktop.stop() }
      try body(desktop, try TypedText(in: desktop, folder: folder), folder)
    }
  }

  @Test(arguments: ["us", "de"]) func everyCharacterIsTyped(_ layout: String) throws {
    try withDesktop(layout: layout) { desktop, window, folder in
      let session = DesktopSession(environment: desktop.variables)
      let typist = try Typist(session: session, fallback: .none)
      #expect(typist.choice.driver == .xdotool)
      var generator = Seeded(1)
      for text in Texts.chosen + (0..<12).map({ _ in Texts.random(40, using: &generator) }) {
        #expect(try typist.type(text).isEmpty)
        #expect(try window.next(expecting: text) == text)
      }
      #expect(try desktop.keepScreenshot("typed-x11-\(layout)", in: folder) > 1)
    }
  }

  @Test func longTextAndHeldModifiers() throws {
    try withDesktop { desktop, window, _ in
      var generator = Seeded(2)
      let text = Texts.random(2000, using: &generator)
      let typist = try Typist(session: DesktopSession(environment: desktop.variables))
      for key in ["ctrl", "shift", "alt", "super"] { try desktop.run("xdotool", ["keydown", key]) }
      #expect(try typist.type(text).isEmpty)
      #expect(try window.next(expecting: text) == text)
    }
  }

  /// More characters than there are keys: pasted, and the clipboard is as before.
  @Test func tooManyCharactersArePasted() throws {
    try withDesktop { desktop, window, folder in
      let session = DesktopSession(environment: desktop.variables)
      let clipboard = try Clipboard(session: session)
      let before = Clipboard.Content.bytes(Array("vorher ü".utf8), type: "UTF8_STRING")
      try clipboard.set(before)
      let typist = try Typist(session: session, chord: try Chord("shift+insert"))
      let text = String((0..<60).compactMap { Unicode.Scalar(0x4e00 + $0 * 7).map(Character.init) })
      for _ in 0..<3 {
        let notes = try typist.type(text)
        #expect(notes.count == 1 && notes[0].contains("pasted it"))
        #expect(try window.next(expecting: text) == text)
        #expect(clipboard.content() == before)
      }
      let strict = try Typist(session: session, fallback: .none)
      #expect(throws: DesktopError.self) { try strict.type(text) }
      try desktop.keepScreenshot("pasted-x11", in: folder)
    }
  }

  @Test func pasteKeepsTheClipboard() throws {
    try withDesktop { desktop, window, _ in
      let session = DesktopSession(environment: desktop.variables)
      let clipboard = try Clipboard(session: session)
      let paster = try Paster(session: session, chord: try Chord("shift+insert"))
      #expect(clipboard.content() == .empty)
      #expect(try paster.paste("erstens ü").isEmpty)
      #expect(try window.next(expecting: "erstens ü") == "erstens ü")
      #expect(clipboard.content() == .empty)
      let picture = Clipboard.Content.bytes([0x89, 0x50, 0, 255], type: "image/png")
      try clipboard.set(picture)
      #expect(try paster.paste("zweitens").isEmpty)
      #expect(try window.next(expecting: "zweitens") == "zweitens")
      #expect(clipboard.content() == picture)
    }
  }

  /// The text must not be lost where the window does not know the keys.
  @Test func whatNobodyTakesStaysOnTheClipboard() throws {
    try withDesktop { desktop, window, _ in
      let session = DesktopSession(environment: desktop.variables)
      let paster = try Paster(session: session, chord: try Chord("ctrl+v"))
      #expect(throws: DesktopError.notPasted(chord: "ctrl+v")) { try paster.paste("behalten") }
      #expect(try window.next(expecting: "\u{16}") == "\u{16}")
      #expect(
        try Clipboard(session: session).content()
          == .bytes(Array("behalten".utf8), type: "UTF8_STRING"))
    }
  }
}
