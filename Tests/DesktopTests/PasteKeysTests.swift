import Desktop
import Testing

@Suite struct PasteKeysTests {
  private func keys(_ names: String..., with windows: [String] = []) throws -> String {
    try PasteKeys(chord: "auto", windows: windows).chord(for: FocusedWindow(names: names))
      .description
  }

  @Test func terminalsHaveKeysOfTheirOwn() throws {
    #expect(try keys("gnome-terminal-server", "Gnome-terminal") == "ctrl+shift+v")
    #expect(try keys("foot") == "ctrl+shift+v")
    #expect(try keys("xterm", "XTerm") == "shift+insert")
    #expect(try keys("floating", "Alacritty") == "ctrl+shift+v")
    #expect(try keys("Navigator", "firefox") == "ctrl+v")
  }

  /// Nobody tells, so it is what terminals and other windows know.
  @Test func anUnknownWindow() throws {
    #expect(PasteKeys().chord(for: nil).description == "shift+insert")
    #expect(try keys() == "shift+insert")
  }

  @Test func theConfigurationKnowsBetter() throws {
    let windows = ["MyTerm", "Emacs = ctrl+y", "foot=shift+insert"]
    #expect(try keys("myterm", with: windows) == "ctrl+shift+v")
    #expect(try keys("emacs", "Emacs", with: windows) == "ctrl+y")
    #expect(try keys("foot", with: windows) == "shift+insert")
    #expect(try keys("xterm", with: windows) == "shift+insert")
    let always = try PasteKeys(chord: "ctrl+y", windows: [])
    #expect(always.chord(for: FocusedWindow(names: ["xterm"])).description == "ctrl+y")
    #expect(throws: DesktopError.badChord("ctrl+nothing")) {
      try PasteKeys(chord: "auto", windows: ["x=ctrl+nothing"])
    }
    #expect(throws: DesktopError.badChord("=ctrl+v")) {
      try PasteKeys(chord: "auto", windows: ["=ctrl+v"])
    }
  }
}
