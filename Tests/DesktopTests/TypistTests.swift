import Desktop
import Foundation
import TestSupport
import Testing

/// The typist with tools that only write down what they are given.
@Suite struct TypistTests {
  private func session(_ folder: URL, _ more: [String: String] = [:]) -> DesktopSession {
    let environment = [
      "PATH": folder.path, "WAYLAND_DISPLAY": "none", "XDG_CURRENT_DESKTOP": "KDE",
      "XKB_DEFAULT_LAYOUT": "us",
    ]
    return DesktopSession(environment: environment.merging(more) { $1 })
  }

  private func text(_ folder: URL, _ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// What is dictated must never become a command.
  @Test func dotoolTakesTextAsText() throws {
    try withTools(["dotool"]) { (folder: URL) throws -> Void in
      let typist = try Typist(session: session(folder))
      #expect(try typist.type("-a b\r\nkey super+l\n\ttype x  ").isEmpty)
      let commands = try text(folder, "dotool.input").split(separator: "\n").dropFirst(2)
      #expect(
        commands == [
          "type -a b", "key enter", "type key super+l", "key enter", "key tab", "type type x  ",
        ])
    }
  }

  @Test func dotoolCommandsHoldEveryCharacterOnce() throws {
    var generator = Seeded(3)
    let pool = Array(" a\n\tk\r\u{2028}$`'\"\\;-")
    for _ in 0..<300 {
      let text = KeystrokeText(
        String((0..<20).compactMap { _ in pool.randomElement(using: &generator) }))
      var typed = ""
      for line in Dotool.commands(for: text).split(separator: "\n").dropFirst(2) {
        switch line {
        case "key enter": typed += "\n"
        case "key tab": typed += "\t"
        case "key space": typed += " "
        default:
          #expect(line.hasPrefix("type ") && line.dropFirst(5).first != " ")
          typed += line.dropFirst(5)
        }
      }
      #expect(typed == text.text)
    }
  }

  @Test func ydotoolReadsTextFromItsInput() throws {
    try withTools(["ydotool"]) { (folder: URL) throws -> Void in
      let typist = try Typist(session: session(folder))
      #expect(typist.choice.driver == .ydotool)
      #expect(try typist.type("--file /etc/passwd\n").isEmpty)
      #expect(try text(folder, "ydotool.input") == "--file /etc/passwd\n")
      #expect(try text(folder, "ydotool.arguments") == "type\n--file\n/dev/stdin\n")
    }
  }

  /// GTK 3 finds no shortcut for the last key of a keymap, such as Return at a text's end.
  @Test func wtypeHasAKeyBehindReturn() throws {
    try withTools(["wtype"]) { (folder: URL) throws -> Void in
      let typist = try Typist(session: session(folder, ["XDG_CURRENT_DESKTOP": "sway"]))
      #expect(try typist.type("one\ntwo\n\n").isEmpty)
      #expect(try text(folder, "wtype.input") == "one\ntwo")
      let arguments = try text(folder, "wtype.arguments").split(separator: "\n")
      #expect(arguments.suffix(7) == ["-", "-k", "Return", "-k", "Return", "-p", "VoidSymbol"])
    }
  }

  @Test func whatADriverCannotTypeIsNamedAndNothingIsTyped() throws {
    try withTools(["dotool", "ydotool"]) { (folder: URL) throws -> Void in
      let typist = try Typist(session: session(folder), fallback: .none)
      let error = #expect(throws: DesktopError.self) { try typist.type("süß und schön für 5 €") }
      #expect(error?.description.contains(#"cannot type "ß" "ö" "ü" "€""#) == true)
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "dotool.input").path))
      // A layout of which ydotool knows nothing.
      let german = try Typist(
        session: session(folder, ["XKB_DEFAULT_LAYOUT": "de,us"]), driver: .ydotool,
        fallback: .none)
      #expect(throws: DesktopError.self) { try german.type("yz") }
    }
  }

  @Test func theNextDriverIsAskedOnlyWhereTheCompositorRefused() throws {
    let refusal = """
      [ "${0##*/}" = wtype ] || exit 0
      echo Compositor does not support the virtual keyboard protocol >&2; exit 1
      """
    try withTools(["wtype", "dotool"], ending: refusal) { (folder: URL) throws -> Void in
      let unknown = session(folder, ["XDG_CURRENT_DESKTOP": "unheard-of"])
      #expect(try Typist(session: unknown).type("text").isEmpty)
      #expect(try text(folder, "dotool.input").hasSuffix("type text\n"))
    }
    try withTools(["wtype", "dotool"], ending: "echo broken >&2; exit 4") {
      (folder: URL) throws -> Void in
      let unknown = session(folder, ["XDG_CURRENT_DESKTOP": "unheard-of"])
      let error = DesktopError.toolFailed(name: "wtype", reason: "broken")
      #expect(throws: error) { try Typist(session: unknown).type("text") }
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "dotool.input").path))
    }
  }

  @Test func howAToolEndedIsTold() throws {
    try withTools(["dotool"], ending: "exit 3") { (folder: URL) throws -> Void in
      #expect(throws: DesktopError.toolFailed(name: "dotool", reason: "ended with exit code 3")) {
        try Typist(session: session(folder)).type("text")
      }
    }
    try withTools(["dotool"], ending: "kill -9 $$") { (folder: URL) throws -> Void in
      #expect(throws: DesktopError.toolFailed(name: "dotool", reason: "ended with exit code 137")) {
        try Typist(session: session(folder)).type("text")
      }
    }
    try withTools(["dotool"], ending: "echo WARNING: impossible >&2; exit 0") {
      (folder: URL) throws -> Void in
      #expect(throws: DesktopError.toolFailed(name: "dotool", reason: "WARNING: impossible")) {
        try Typist(session: session(folder)).type("text")
      }
    }
  }

  @Test func chords() throws {
    #expect(try Chord("Ctrl+Shift+V").description == "ctrl+shift+v")
    #expect(try Chord("shift+insert").key == "Insert")
    for text in ["", "+", "ctrl+", "v+ctrl", "ctrl+ctrl+v", "ctrl+vv", "ctrl+ü", "ctrl v"] {
      #expect(throws: DesktopError.badChord(text)) { try Chord(text) }
    }
  }
}
