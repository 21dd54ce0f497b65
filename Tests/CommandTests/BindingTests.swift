import Foundation
import Service
import ServiceTestSupport
import System
import TestSupport
import Testing

/// The guide's bindings bring the key-up back, whatever modifier is down when it happens.
@Suite(.serialized, .timeLimit(.minutes(3))) struct BindingTests {
  /// Starts a program with lines for it, in a folder and with further variables, and waits until it
  /// listens.
  private typealias Start = (
    _ desktop: VirtualX11Desktop, _ lines: String, _ folder: URL, _ settings: [String: String]
  ) throws -> Process

  @Test func sxhkd() throws {
    try bind("# sxhkd") { desktop, lines, folder, settings in
      let file = folder.appending(path: "sxhkdrc")
      try Data(lines.utf8).write(to: file)
      return try desktop.startSxhkd(file, settings: settings)
    }
  }

  @Test func i3() throws {
    try bind("# i3\n") { desktop, lines, folder, settings in
      let bound = folder.appending(path: "bound").path
      let file = folder.appending(path: "config")
      try Data(
        """
        # i3 config file (v4)
        \(lines)
        bindsym F12 exec --no-startup-id touch '\(bound)'

        """.utf8
      ).write(to: file)
      let keys = try desktop.start("i3", ["-c", file.path], settings: settings)
      try waitUntil("the bindings") {
        try desktop.run("xdotool", ["key", "F12"])
        return FileManager.default.fileExists(atPath: bound)
      }
      return keys
    }
  }

  /// Starts a program with the guide's lines for it, and presses F9 in all ways.
  ///
  /// - Parameters:
  ///   - heading: What stands above the lines.
  ///   - start: Starts it.
  /// - Throws: When something does not come in time.
  private func bind(_ heading: String, _ start: Start) throws {
    let asked = Monitor<[String]>([])
    let windows = Monitor<Set<[String]>>([])
    let script: Serving.Script = { server, request, address, _ in
      switch request {
      case .startRecording(let wanted):
        windows.withLock { _ = $0.insert(wanted.window) }
        asked.withLock { $0.append("start") }
      case .stopRecording: asked.withLock { $0.append("stop") }
      default: break
      }
      server.reply(.success(["id": "1"]), to: address)
    }
    try withTemporaryFolder { folder in
      let desktop = try VirtualX11Desktop()
      defer { desktop.stop() }
      try desktop.run("xset", ["-r", "75"])
      try Serving.run(script) { serving in
        let keys = try start(
          desktop, try guide(heading), folder,
          [
            "UTTER_SOCKET": serving.path, "UTTER_FORMAT_PROFILES_TERMINAL_WINDOWS": "auto",
          ])
        defer {
          keys.terminate()
          keys.waitUntilExit()
        }
        try desktop.openTerminal(["sleep", "600"])
        for modifier in [nil, "Shift_L", "Control_L", "Alt_L", "Super_L"] {
          let modifiers = modifier.map { [$0] } ?? []
          asked.withLock { $0 = [] }
          try desktop.run("xdotool", ["keydown", "F9"])
          try waitUntil("the start") { asked.withLock { $0 } == ["start"] }
          try desktop.run("xdotool", modifiers.flatMap { ["keydown", $0] } + ["keyup", "F9"])
          try waitUntil("the stop with \(modifier ?? "nothing")") {
            asked.withLock { $0 } == ["start", "stop"]
          }
          try desktop.run("xdotool", modifiers.flatMap { ["keyup", $0] } + ["sleep", "0"])
        }
        // The daemon is told where a dictation goes, unless that takes too long.
        try waitUntil("the name of the window") {
          asked.withLock { $0 = [] }
          try desktop.run("xdotool", ["key", "F9"])
          try waitUntil("the stop") { asked.withLock { $0.count } == 2 }
          return windows.withLock { $0.contains(["xterm", "XTerm"]) }
        }
        #expect(windows.withLock { $0.subtracting([[]]) } == [["xterm", "XTerm"]])
      }
    }
  }

  /// The guide's lines under a heading that bind F9, with this program in place of the installed.
  private func guide(_ heading: String) throws -> String {
    let path = Fixtures.repository.appending(path: "Documentation/Guide.md")
    let text = try String(contentsOf: path, encoding: .utf8)
    let start = try #require(text.range(of: heading)).upperBound
    let lines = text[start...].split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { !$0.isEmpty && $0 != "```" }
    let bindings = lines.filter { !$0.hasPrefix("exec") && !$0.hasPrefix(",") }
    #expect(bindings.contains { $0.contains("F9") })
    return bindings.joined(separator: "\n")
      .replacing("utter record", with: "'\(CommandRunner.program.path)' record")
  }
}
