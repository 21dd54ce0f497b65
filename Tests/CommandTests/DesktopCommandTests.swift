import CLinux
import Desktop
import Foundation
import Service
import ServiceTestSupport
import System
import TestSupport
import Testing

/// The commands between the daemon and the desktop, as processes with a tool that only notes what
/// it is to type.
@Suite(.timeLimit(.minutes(3))) struct DesktopCommandTests {
  /// Runs a body with a session and a daemon, and a typist that has begun to listen.
  private static func withTypist(
    _ arguments: [String] = [], tools: [String] = ["wtype"], ending: String = "exit 0",
    _ variables: [String: String] = [:], _ body: (FakeSession, Serving, Process) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let session = try FakeSession(in: folder, tools: tools, ending: ending)
      try Serving.run(Serving.echo) { serving in
        let typist = try session.start(["type"] + arguments, socket: serving.path, variables)
        defer {
          typist.terminate()
          typist.waitUntilExit()
        }
        while serving.server.subscribers(of: .final) < 1 { sched_yield() }
        try body(session, serving, typist)
      }
    }
  }

  private static func say(_ texts: String..., to serving: Serving) {
    for text in texts {
      let id = "\(text)\(UInt64.random(in: 0..<1 << 40))"
      serving.server.publish(.final(.saying(text, id: id)))
    }
  }

  @Test func oneDictationIsTyped() throws {
    try Self.withTypist(["--once"]) { session, serving, typist in
      Self.say("Hello.", to: serving)
      typist.waitUntilExit()
      #expect(typist.terminationStatus == 0 && session.typed == "Hello.")
    }
  }

  /// Between dictations comes what comes between words; what was typed last decides.
  @Test func textsAreSeparated() throws {
    try Self.withTypist { session, serving, _ in
      Self.say("Call f(", "x", ", y", ")", "\n", "next", " by hand", to: serving)
      try session.awaitTyped("Call f(x, y)\nnext by hand")
    }
    try Self.withTypist(["--append", "|"]) { session, serving, _ in
      Self.say("one", "", "two", to: serving)
      try session.awaitTyped("one| two|")
    }
  }

  @Test func keysFollowEachText() throws {
    try Self.withTypist(["--append", #"\\\t\e"#, "--return"]) { session, serving, _ in
      Self.say("one", "two", to: serving)
      try session.awaitTyped("one\\\t\u{1B}\ntwo\\\t\u{1B}\n")
    }
    let settings = ["UTTER_TYPE_APPEND": #"\n"#, "UTTER_TYPE_DELAY": "7ms"]
    try Self.withTypist([], settings) { session, serving, _ in
      Self.say("one", "two", to: serving)
      try session.awaitTyped("one\ntwo\n")
      #expect(session.text("wtype.arguments").contains("-d\n7\n"))
    }
    let wrong = try CommandRunner.run(["type", "--append", #"\q"#])
    #expect(wrong.code == 2 && wrong.errors.contains("must be followed by n, t, e"))
  }

  @Test func whatCannotBeSeenIsNotTyped() throws {
    try Self.withTypist(["--newlines", "space"]) { session, serving, _ in
      Self.say("one\n\u{202E}two\u{1B}\n", "\u{200B}", "three", to: serving)
      try session.awaitTyped("one two three")
    }
    try Self.withTypist([], ["UTTER_TYPE_NEWLINES": "space"]) { session, serving, _ in
      Self.say("one\ntwo", to: serving)
      try session.awaitTyped("one two")
      let listen = try session.start(
        ["listen", "--once"], socket: serving.path, ["UTTER_TYPE_NEWLINES": "space"])
      defer { listen.waitUntilExit() }
      while serving.server.subscribers(of: .final) < 2 { sched_yield() }
      Self.say("three\n\u{9B}four", to: serving)
      listen.waitUntilExit()
      #expect(session.text("output") == "three four\n")
    }
  }

  /// However long a text is, Ctrl-C ends it; only what a tool has begun it types to the end.
  @Test func aLongTextIsInterrupted() throws {
    let ending = #"echo $$ > "$0.running"; while ! [ -e "$0.go" ]; do /bin/sleep 0.01; done"#
    try Self.withTypist([], ending: ending) { session, serving, typist in
      Self.say(String(repeating: "a b ", count: 250_000), to: serving)
      try waitUntil("the tool types") { session.text("wtype.running") != "" }
      let tool = try #require(Int32(session.text("wtype.running").dropLast()))
      typist.interrupt()
      typist.waitUntilExit()
      try Data().write(to: session.folder.appending(path: "wtype.go"))
      try waitUntil("the tool ends") {
        // Whoever inherits it may not look at once that it has ended.
        let state = try? String(contentsOfFile: "/proc/\(tool)/stat", encoding: .utf8)
        return state?.contains(") Z ") ?? true
      }
      #expect(session.typed == String(repeating: "a b ", count: 125))
    }
  }

  /// The user's next words must not wait for somebody to start the program again.
  @Test func aFailureIsToldAndTheNextDictationTyped() throws {
    let ending = """
      [ "${0##*/}" = wtype ] || exit 0
      [ -e "$0.seen" ] || { : > "$0.seen"; echo broken >&2; exit 5; }
      """
    for isKept in [true, false] {
      try Self.withTypist(
        ending: ending,
        ["UTTER_HISTORY_ENABLED": "\(isKept)", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"]
      ) { session, serving, _ in
        Self.say("one", "two", to: serving)
        // What may stand before the cursor is not known then.
        try session.awaitTyped("onetwo")
        try waitUntil("the message") { session.errors.contains("broken") }
        #expect(session.errors.hasPrefix("utter: wtype: broken\nhint: "))
        #expect(session.errors.contains("utter history") == isKept)
        #expect(!session.errors.contains("one"))
      }
    }
  }

  @Test func whatTheDaemonCannotDoIsToldOnTheDesktop() throws {
    let error = ServiceError(
      code: .microphone, message: "hw:7,0: no <such> device", hint: "plug <it>")
    let bus = try FakeBus(as: ["org.freedesktop.Notifications"]) { _ in .values([.number(7)]) }
    let address = bus.session.environment
    try Self.withTypist([], address) { session, serving, _ in
      for _ in 0..<2 { serving.server.publish(.error(error)) }
      try waitUntil("the messages") { bus.calls.count == 2 }
      for call in bus.calls {
        #expect(call.method == "Notify")
        #expect(call.values.map(\.text)[3...4] == ["hw:7,0: no <such> device", "plug &lt;it&gt;"])
      }
      #expect(session.errors.hasPrefix("utter: hw:7,0: no <such> device\nhint: plug <it>\n"))
    }
    let settings = ["UTTER_FEEDBACK_NOTIFICATIONS": "false", "UTTER_FEEDBACK_SOUNDS": "true"]
    let quiet = address.merging(settings) { $1 }
    let tools = ["wtype", "paplay"]
    try Self.withTypist(tools: tools, quiet) { session, serving, _ in
      for state in [DaemonState.recording, .transcribing] { serving.server.publish(.state(state)) }
      serving.server.publish(.error(error))
      try waitUntil("three sounds") {
        session.text("paplay.arguments") == String(repeating: "/dev/stdin\n", count: 3)
      }
      #expect(bus.calls.count == 2)
      #expect(session.errors.hasPrefix("utter: hw:7,0"))
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
      let session = try FakeSession(in: folder)
      try Serving.run(script) { serving in
        let hold = ["hotkey", "--key", "f13", "--device", path]
        var hotkey = try session.start(hold, socket: serving.path)
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

        let niri = folder.appending(path: "niri").path
        let focus = Array(#"{"Ok":{"FocusedWindow":{"app_id":"foot","pid":12}}}"#.utf8) + [0x0A]
        let variables = ["NIRI_SOCKET": niri, "UTTER_FORMAT_PROFILES_CHAT_WINDOWS": "f*"]
        try FakeCompositor.run(at: niri, answering: focus) { _ in
          hotkey = try session.start(hold + ["--toggle"], socket: serving.path, variables)
          let press = Request.toggleRecording(RecordingRequest(directory: here, window: ["foot"]))
          // Where the machine has too much to do, the window's name takes too long.
          try waitUntil("the window") {
            write(1)
            write(0)
            try waitUntil("the toggle") { asked.withLock { $0.count } == 1 }
            return asked.withLock { $0.popLast() } == press
          }
          hotkey.terminate()
          hotkey.waitUntilExit()
          #expect(hotkey.terminationStatus == 0)
        }
      }
      #expect(asked.withLock { $0 }.isEmpty)
    }
  }
}
