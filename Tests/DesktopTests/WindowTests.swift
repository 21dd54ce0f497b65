import Desktop
import Foundation
import TestSupport
import Testing

/// Typing and pasting into a real window, of an X11 server and of a Wayland compositor.
@Suite(.serialized) struct WindowTests {
  @Test(arguments: TestedDesktop.all + [.x11(layout: "de")])
  func everyCharacterIsTyped(_ tested: TestedDesktop) throws {
    try tested.run { desktop, window, folder in
      let session = DesktopSession(environment: desktop.variables)
      let typist = try Typist(session: session, fallback: .none)
      #expect(typist.choice.driver == tested.driver)
      var generator = Seeded(1)
      for text in Texts.chosen + (0..<12).map({ _ in Texts.random(40, using: &generator) }) {
        #expect(try typist.type(text).isEmpty)
        #expect(try window.next(expecting: text) == text)
      }
      #expect(try desktop.keepScreenshot("typed-\(tested.testDescription)", in: folder) > 1)
    }
  }

  @Test(arguments: TestedDesktop.all)
  func pasteKeepsTheClipboard(_ tested: TestedDesktop) throws {
    try tested.run { desktop, window, folder in
      let session = DesktopSession(environment: desktop.variables)
      let clipboard = try Clipboard(session: session)
      let paster = try Paster(session: session, chord: try Chord(tested.chord))
      #expect(clipboard.content() == .empty)
      #expect(try paster.paste("erstens ü").isEmpty)
      #expect(try window.next(expecting: "erstens ü") == "erstens ü")
      #expect(clipboard.content() == .empty)
      let picture = Clipboard.Content.bytes([0x89, 0x50, 0, 255], type: "image/png")
      for before in [tested.clipboardText("vorher ü\n"), picture] {
        try clipboard.set(before)
        #expect(try paster.paste("zweitens 😀").isEmpty)
        #expect(try window.next(expecting: "zweitens 😀") == "zweitens 😀")
        #expect(clipboard.content() == before)
      }
      try desktop.keepScreenshot("pasted-\(tested.testDescription)", in: folder)
    }
  }

  /// The text must not be lost where the window does not know the keys.
  @Test(arguments: TestedDesktop.all)
  func whatNobodyTakesStaysOnTheClipboard(_ tested: TestedDesktop) throws {
    try tested.run { desktop, window, _ in
      let session = DesktopSession(environment: desktop.variables)
      let paster = try Paster(session: session, chord: try Chord("ctrl+v"))
      #expect(throws: DesktopError.notPasted(chord: "ctrl+v")) { try paster.paste("behalten") }
      #expect(try window.next(expecting: "\u{16}") == "\u{16}")
      #expect(try Clipboard(session: session).content() == tested.clipboardText("behalten"))
    }
  }
}
