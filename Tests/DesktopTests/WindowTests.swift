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
      let focus = FocusLookup(within: .seconds(60)) { session }
      #expect(tested.driver == .x11 ? focus.window == ["xterm", "XTerm"] : focus.window.count == 1)
      var generator = Seeded(1)
      for text in Texts.chosen + (0..<12).map({ _ in Texts.random(40, using: &generator) }) {
        #expect(try typist.type(text).isEmpty)
        #expect(try window.next(expecting: text) == text)
      }
      #expect(try desktop.keepScreenshot("typed-\(tested.testDescription)", in: folder) > 1)
    }
  }
}
