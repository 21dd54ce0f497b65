import Desktop
import Foundation
import TestSupport
import Testing

/// Pasting into a terminal, of an X11 server and of a Wayland compositor.
@Suite(.serialized) struct PasteTests {
  private static let page = ClipboardContent([
    .init("text/html", Data("<b>vorher</b> ü".utf8)),
    .init("text/plain;charset=utf-8", Data("vorher ü".utf8)),
    .init("UTF8_STRING", Data("vorher ü".utf8)),
  ])
  /// More than any message holds.
  private static let picture = ClipboardContent([
    .init("image/png", Data((0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 7) })),
    .init("text/html", Data("<img src='x'>".utf8)),
  ])
  private static let files = ClipboardContent([
    .init("text/uri-list", Data("file:///tmp/a%20b\r\n".utf8)),
    .init("x-special/gnome-copied-files", Data("cut\nfile:///tmp/a%20b".utf8)),
    .init("x-kde-passwordManagerHint", Data("secret".utf8)),
  ])

  @Test(arguments: TestedDesktop.all)
  func theClipboardIsPutBackInAllItsTypes(_ tested: TestedDesktop) throws {
    try tested.run { desktop, window, folder in
      let paster = try desktop.paster()
      #expect(try paster.paste("erstens ü").isEmpty)
      #expect(try window.next(expecting: "erstens ü") == "erstens ü")
      #expect(try desktop.clipboard.content() == ClipboardContent([]))
      for before in [Self.page, Self.picture, Self.files] {
        try desktop.clipboard.set(before)
        for text in ["zweitens 😀", "drittens"] {
          #expect(try paster.paste(text).isEmpty)
          #expect(try window.next(expecting: text) == text)
        }
        for item in before.items {
          #expect(tested.read(item.name, in: desktop) == item.bytes, "\(item.name)")
        }
        let types = try desktop.clipboard.content()?.items.map(\.name)
        #expect(types.map(Set.init) == Set(before.items.map(\.name)))
      }
      try desktop.keepScreenshot("pasted-\(tested.testDescription)", in: folder)
    }
  }

  /// Other windows want other keys than terminals do.
  @Test(arguments: TestedDesktop.all)
  func anEditorIsPastedInto(_ tested: TestedDesktop) throws {
    try tested.run { desktop, _, folder in
      try desktop.clipboard.set(Self.page)
      let file = folder.appending(path: UUID().uuidString)
      try desktop.openEditor(file)
      let paster = try desktop.paster()
      #expect(try paster.paste("erste Zeile ü\n").isEmpty)
      #expect(try paster.paste("zweite Zeile").isEmpty)
      try desktop.press("ctrl", "s")
      try waitUntil("the saved file") {
        try String(contentsOf: file, encoding: .utf8) == "erste Zeile ü\nzweite Zeile"
      }
      #expect(try desktop.clipboard.content() == Self.page)
    }
  }

  @Test(arguments: TestedDesktop.all)
  func longTextIsPasted(_ tested: TestedDesktop) throws {
    try tested.run { desktop, window, _ in
      let copied = Data(String(repeating: "kopiert ", count: 650_000).utf8)
      try desktop.clipboard.set(ClipboardContent([.init("UTF8_STRING", copied)]))
      let text = String((0..<60_000).map { "\($0) " }.joined().prefix(300_000))
      #expect(try desktop.paster().paste(text).isEmpty)
      #expect(try window.next(expecting: text) == text)
      #expect(tested.read("UTF8_STRING", in: desktop) == copied)
    }
  }

  /// The text must not be lost where the window does not know the keys.
  @Test(arguments: TestedDesktop.all)
  func whatNobodyTakesStaysOnTheClipboard(_ tested: TestedDesktop) throws {
    try tested.run { desktop, window, _ in
      let paster = try desktop.paster(PasteKeys(chord: Chord("ctrl+v")))
      #expect(throws: DesktopError.notPasted(chord: "ctrl+v")) { try paster.paste("behalten") }
      #expect(try window.next(expecting: "\u{16}") == "\u{16}")
      #expect(tested.read("UTF8_STRING", in: desktop) == Data("behalten".utf8))
    }
  }
}
