import Desktop
import Foundation
import TestSupport
import Testing

/// What is typed is what was said, whatever keyboard the user has and whatever is locked on it.
@Suite(.serialized) struct X11LayoutTests {
  /// Layouts with a variant after the space, and two with a second group.
  static let layouts = [
    "us", "us colemak", "us dvorak", "us intl", "gb", "de", "de neo", "fr", "be", "tr", "it", "cz",
    "jp", "us,ru", "ru,us", "us,gr",
  ]
  /// Every printable character of ASCII, and some beyond it; no more at once than a layout of many
  /// levels has keys to lend.
  static let texts =
    ["äöüßéñç €"]
    + stride(from: 0x20, to: 0x7f, by: 19).map { first in
      (first..<min(first + 19, 0x7f)).compactMap { Unicode.Scalar($0).map(Character.init) }
        .reduce(into: "") { $0.append($1) }
    }

  @Test(arguments: layouts) func everyCharacterIsTyped(_ layout: String) throws {
    try TestedDesktop.x11(layout: layout).run { desktop, window, _ in
      let session = DesktopSession(environment: desktop.variables)
      let typist = try Typist(session: session, fallback: .none)
      var locks = [[], ["Caps_Lock"]]
      if layout.contains(",") { locks.append(["ISO_Next_Group"]) }
      for lock in locks {
        for key in lock { try desktop.run("xdotool", ["key", key]) }
        for text in Self.texts {
          #expect(try typist.type(text).isEmpty)
          let typed = try window.next(expecting: text)
          #expect(typed == text, "\(lock)")
        }
        for key in lock { try desktop.run("xdotool", ["key", key]) }
      }
    }
  }

  /// One keyboard with a layout of its own, and test keys with another.
  @Test func keyboardsMayHaveDifferentLayouts() throws {
    try TestedDesktop.x11().run { desktop, window, _ in
      let list = try desktop.run("xinput", ["list", "--short"]).split(separator: "\n")
      let test = try #require(list.first { $0.contains("XTEST keyboard") })
      let id = try #require(test.firstMatch(of: /id=(\d+)/)).1
      try desktop.run("setxkbmap", ["-device", String(id), "fr"])
      let typist = try Typist(session: DesktopSession(environment: desktop.variables))
      #expect(try typist.type("a quick azerty, ok").isEmpty)
      #expect(try window.next(expecting: "a quick azerty, ok") == "a quick azerty, ok")
    }
  }
}
