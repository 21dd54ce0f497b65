import Foundation
import Service
import ServiceTestSupport
import TestSupport
import Testing

/// A hand on the keyboard between two dictations, on a real X server.
@Suite(.timeLimit(.minutes(3))) struct HandTests {
  @Test func noSpaceFollowsWhatAHandTyped() throws {
    try withTemporaryFolder { folder in
      let desktop = try VirtualX11Desktop()
      defer { desktop.stop() }
      let window = try TypedText(in: desktop, folder: folder)
      try Serving.run(Serving.echo) { serving in
        let typist = try desktop.start(
          CommandRunner.program.path, ["type"],
          settings: ["UTTER_SOCKET": serving.path, "XDG_RUNTIME_DIR": folder.path])
        defer {
          typist.terminate()
          typist.waitUntilExit()
        }
        while serving.server.subscribers(of: .final) < 1 { sched_yield() }
        var number = 0
        func expect(_ typed: String, saying text: String) throws {
          number += 1
          serving.server.publish(.final(.saying(text, id: "\(number)")))
          #expect(try window.next(expecting: typed) == typed)
        }
        try expect("one", saying: "one")
        try expect(" two", saying: "two")
        try desktop.run("xdotool", ["key", "Return"])
        try expect("\nthree", saying: "three")
        try desktop.run("xdotool", ["click", "1"])
        try expect("four", saying: "four")
        // Function keys and modifiers write nothing, commands neither.
        try desktop.run("xdotool", ["key", "F9", "key", "Shift_L", "key", "ctrl+F12"])
        _ = try window.next(expecting: "?", limit: 0.2)
        try expect(" five", saying: "five")
        // A letter is the key of dictations: one begins when it goes down.
        try desktop.run("xdotool", ["keydown", "q"])
        serving.server.publish(.state(.recording))
        try expect("q six", saying: "six")
        try desktop.run("xdotool", ["keyup", "q", "key", "q"])
        try expect("q seven", saying: "seven")
      }
    }
  }
}
