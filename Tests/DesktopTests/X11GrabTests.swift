import Desktop
import Foundation
import TestSupport
import Testing

/// A program that watches for a key gets all keys while that one is down.
@Suite(.serialized) struct X11GrabTests {
  /// Starts a program that watches for F9, as a window manager does.
  private func watchForF9(in desktop: any VirtualDesktop, _ folder: URL) throws -> Process {
    let file = folder.appending(path: "sxhkdrc")
    try Data("F9\n  true\n".utf8).write(to: file)
    return try desktop.startSxhkd(file)
  }

  @Test func nothingIsTypedWhileAKeyIsWatched() throws {
    try TestedDesktop.x11().run { desktop, window, folder in
      let watcher = try watchForF9(in: desktop, folder)
      defer { watcher.terminate() }
      let typist = try Typist(session: DesktopSession(environment: desktop.variables))
      try desktop.run("xdotool", ["keydown", "F9"])
      let typing = Thread {
        do {
          _ = try typist.type("typed while held ")
        } catch {
          Issue.record(error)
        }
      }
      typing.start()
      #expect(try window.next(expecting: "x", limit: 1) == "")
      try desktop.run("xdotool", ["keyup", "F9"])
      #expect(try window.next(expecting: "typed while held ") == "typed while held ")
    }
  }

  /// Keys that went astray are typed again, each once and in its place.
  @Test func whatWasSwallowedIsTypedAgain() throws {
    try TestedDesktop.x11().run { desktop, window, folder in
      let watcher = try watchForF9(in: desktop, folder)
      defer { watcher.terminate() }
      let typist = try Typist(session: DesktopSession(environment: desktop.variables))
      let text = String(repeating: "The quick brown fox jumps over 13 lazy dogs. ", count: 40)
      // Taps of 0 to 8 ms, one after the other for as long as it is typed.
      let tap = "xdotool keydown F9 sleep 0.00$length keyup F9"
      let taps = try desktop.start(
        "sh", ["-c", "while :; do for length in 0 1 8 2 5; do \(tap); done; done"])
      defer { taps.terminate() }
      for _ in 0..<5 {
        #expect(try typist.type(text).isEmpty)
        #expect(try window.next(expecting: text) == text)
      }
    }
  }
}
