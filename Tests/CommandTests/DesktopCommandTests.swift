import CLinux
import Foundation
import Service
import ServiceTestSupport
import System
import TestSupport
import Testing

/// The commands between the daemon and the desktop, as processes with a tool that only notes what
/// it is to type.
@Suite(.timeLimit(.minutes(3))) struct DesktopCommandTests {
  /// Starts `utter` with the tool.
  private static func start(
    _ arguments: [String], _ serving: Serving, tools folder: URL, errors: URL? = nil
  ) throws -> Process {
    let process = Process()
    process.executableURL = CommandRunner.program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging([
      "UTTER_SOCKET": serving.path, "PATH": folder.path, "WAYLAND_DISPLAY": "none",
      "XDG_CURRENT_DESKTOP": "sway",
    ]) { $1 }
    process.standardInput = FileHandle.nullDevice
    if let errors {
      try Data().write(to: errors)
      process.standardError = try FileHandle(forWritingTo: errors)
    }
    try process.runWithSignals()
    return process
  }

  /// Makes a `wtype` that appends its input to a file.
  private static func withTool(_ ending: String, _ body: (URL, URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let script = "#!/bin/sh\n/bin/cat >> \"$0.input\"\n\(ending)\n"
      try Data(script.utf8).write(to: folder.appending(path: "source"))
      // Copied by a program of its own, lest another that starts right now keep it open.
      let copy = try Process.run(
        URL(fileURLWithPath: "/usr/bin/install"),
        arguments: [
          "-m", "755", folder.appending(path: "source").path, folder.appending(path: "wtype").path,
        ])
      copy.waitUntilExit()
      try body(folder, folder.appending(path: "wtype.input"))
    }
  }

  private static func text(_ text: String) -> Service.Notification {
    .final(
      FinalText(
        id: "1", text: text, raw: "", words: [], audioMs: 1,
        latencyMs: .init(release: 1, features: 1, encoder: 1, decoder: 1, formatting: 1),
        terms: []))
  }

  @Test func eachDictationIsTyped() throws {
    try Self.withTool("exit 0") { folder, typed in
      try Serving.run(Serving.echo) { serving in
        let once = try Self.start(["type", "--once"], serving, tools: folder)
        while serving.server.subscribers(of: .final) < 1 { sched_yield() }
        serving.server.publish(Self.text("Hello."))
        once.waitUntilExit()
        #expect(once.terminationStatus == 0)
        #expect(try String(contentsOf: typed, encoding: .utf8) == "Hello. ")
      }
    }
  }

  /// The user's next words must not wait for somebody to start the program again.
  @Test func aFailureIsReportedAndTheNextDictationTyped() throws {
    let ending = "[ -e \"$0.seen\" ] || { : > \"$0.seen\"; echo broken >&2; exit 5; }"
    try Self.withTool(ending) { folder, typed in
      let errors = folder.appending(path: "errors")
      try Serving.run(Serving.echo) { serving in
        let type = try Self.start(
          ["type", "--append", "|"], serving, tools: folder, errors: errors)
        while serving.server.subscribers(of: .final) < 1 { sched_yield() }
        serving.server.publish(Self.text("one"))
        serving.server.publish(Self.text(""))
        serving.server.publish(Self.text("two"))
        try waitUntil("both are typed") {
          (try? String(contentsOf: typed, encoding: .utf8)) == "one|two|"
        }
        type.terminate()
        type.waitUntilExit()
        let said = try String(contentsOf: errors, encoding: .utf8)
        #expect(said.hasPrefix("utter: wtype: broken\nhint: "))
        #expect(said.contains("utter history") && !said.contains("one"))
      }
    }
  }

  @Test func theHotkeyStartsAndStops() throws {
    try withTemporaryFolder { folder in
      let asked = Monitor<[Request]>([])
      let script: Serving.Script = { server, request, address, _ in
        asked.withLock { $0.append(request) }
        server.reply(.success(["id": "1"]), to: address)
      }
      let path = folder.appending(path: "event0").path
      try #require(mkfifo(path, 0o600) == 0)
      let keyboard = open(path, O_RDWR)
      defer { close(keyboard) }
      func write(_ value: Int32) {
        var event = input_event()
        (event.type, event.code, event.value) = (UInt16(EV_KEY), UInt16(KEY_F13), value)
        #expect(Glibc.write(keyboard, &event, MemoryLayout<input_event>.size) > 0)
      }
      func wait(_ expected: [Request]) throws {
        try waitUntil("the daemon is asked") { asked.withLock { $0.count } >= expected.count }
        #expect(asked.withLock { $0 } == expected)
        asked.withLock { $0 = [] }
      }
      let here = FileManager.default.currentDirectoryPath
      try Serving.run(script) { serving in
        let hold = ["hotkey", "--key", "f13", "--device", path]
        var hotkey = try Self.start(hold, serving, tools: folder)
        write(1)
        let press = Request.startRecording(RecordingRequest(directory: here, isAttached: true))
        try wait([press])
        write(2)
        write(0)
        try wait([.stopRecording()])
        // Ended with the key down.
        write(1)
        try wait([press])
        hotkey.terminate()
        try wait([.stopRecording()])
        hotkey.waitUntilExit()
        #expect(hotkey.terminationStatus == 0)

        hotkey = try Self.start(hold + ["--toggle"], serving, tools: folder)
        for _ in 0..<2 {
          write(1)
          write(0)
          try wait([.toggleRecording(RecordingRequest(directory: here))])
        }
        hotkey.terminate()
        hotkey.waitUntilExit()
        #expect(hotkey.terminationStatus == 0)
      }
      #expect(asked.withLock { $0 }.isEmpty)
    }
  }
}
