import Desktop
import Foundation
import TestSupport
import Testing

/// What an X11 server alone asks of those who type.
@Suite(.serialized) struct X11Tests {
  @Test func longTextAndHeldModifiers() throws {
    try TestedDesktop.x11().run { desktop, window, _ in
      var generator = Seeded(2)
      let text = Texts.random(2000, using: &generator)
      let typist = try Typist(session: DesktopSession(environment: desktop.variables))
      for key in ["ctrl", "shift", "alt", "super"] { try desktop.run("xdotool", ["keydown", key]) }
      #expect(try typist.type(text).isEmpty)
      #expect(try window.next(expecting: text) == text)
    }
  }

  /// A clipboard manager that asks again and again gets what the user copied, and nothing else.
  @Test func aClipboardManagerNeverSeesTheText() throws {
    try TestedDesktop.x11().run { desktop, window, folder in
      try desktop.clipboard.set(ClipboardContent([.init("UTF8_STRING", Data("vorher\n".utf8))]))
      let history = folder.appending(path: "history")
      let script = "while :; do xclip -selection clipboard -out >> \"$0\"; done"
      let manager = try desktop.start("sh", ["-c", script, history.path])
      defer { manager.terminate() }
      let paster = try desktop.paster()
      for number in 0..<5 {
        #expect(try paster.paste("Nummer \(number)").isEmpty)
        #expect(try window.next(expecting: "Nummer \(number)") == "Nummer \(number)")
      }
      let seen = Set(try String(contentsOf: history, encoding: .utf8).split(separator: "\n"))
      #expect(seen == ["vorher"])
      // Nor is it taken for a window that does not ask.
      let deaf = try desktop.paster(PasteKeys(chord: Chord("ctrl+v")))
      #expect(throws: DesktopError.notPasted(chord: "ctrl+v")) { try deaf.paste("behalten") }
    }
  }

  /// More characters than there are keys: pasted, and the clipboard is as before.
  @Test func tooManyCharactersArePasted() throws {
    try TestedDesktop.x11().run { desktop, window, folder in
      let session = DesktopSession(environment: desktop.variables)
      let before = ClipboardContent([.init("UTF8_STRING", Data("vorher ü".utf8))])
      try desktop.clipboard.set(before)
      let typist = try Typist(session: session, keeper: .built)
      let text = String((0..<60).compactMap { Unicode.Scalar(0x4e00 + $0 * 7).map(Character.init) })
      for _ in 0..<3 {
        let notes = try typist.type(text)
        #expect(notes.count == 1 && notes[0].contains("pasted it"))
        #expect(try window.next(expecting: text) == text)
        #expect(try desktop.clipboard.content() == before)
      }
      let strict = try Typist(session: session, fallback: .none)
      #expect(throws: DesktopError.self) { try strict.type(text) }
      try desktop.keepScreenshot("pasted-x11", in: folder)
    }
  }
}
