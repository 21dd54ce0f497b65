import Foundation
import Service
import TestSupport
import Testing

/// One dictation after the other, as quick as a hand: a few here, hundreds in `make soak`.
@Suite(.serialized) struct EnduranceTests {
  private static let program = "'\(CommandRunner.program.path)'"
  private static let dictations = Amount.of("UTTER_SOAK_DICTATIONS", otherwise: 4)
  private static let taps = Amount.of("UTTER_SOAK_TAPS", otherwise: 20)
  private static let recordings = ["digits_02", "digits_03", "digits_06", "digits_13"]

  @Test func everyTextOnceUnderI3() throws {
    try withTemporaryFolder { folder in
      let desktop = try VirtualX11Desktop()
      defer { desktop.stop() }
      let microphone = try VirtualMicrophone()
      let daemon = try LiveDaemon(in: folder, settings: microphone.environment)
      let manager = try i3(in: desktop, of: daemon, folder, Self.keys)
      defer { manager.end() }
      try everyTextOnce(in: desktop, microphone, daemon)
    }
  }

  @Test func everyTextOnceUnderSway() throws {
    let desktop = try VirtualWaylandDesktop(configuration: VirtualWaylandDesktop.holdToTalk)
    defer { desktop.stop() }
    let microphone = try VirtualMicrophone()
    try everyTextOnce(in: desktop, microphone, desktop.daemon(hearing: microphone))
  }

  /// A tap may be over before its first command has begun.
  @Test func theMicrophoneIsOffAfterEveryTap() throws {
    try withTemporaryFolder { folder in
      let desktop = try VirtualX11Desktop()
      defer { desktop.stop() }
      let microphone = try VirtualMicrophone()
      let daemon = try LiveDaemon(in: folder, settings: microphone.environment)
      // Each command leaves a mark when it has ended.
      let marks = ["started", "stopped"].map { folder.appending(path: $0) }
      for mark in marks { try Data().write(to: mark) }
      let manager = try i3(
        in: desktop, of: daemon, folder,
        """
        bindsym F9 exec --no-startup-id "\(script("start", mark: marks[0]))"
        bindsym --release F9 exec --no-startup-id "\(script("stop", mark: marks[1]))"
        """)
      defer { manager.end() }
      let client = try daemon.client([])
      var random = Seeded(7)
      for tap in 1...Self.taps {
        let seconds = Double.random(in: 0.001...0.040, using: &random)
        try desktop.run(
          "xdotool", ["keydown", "F9", "sleep", String(format: "%.3f", seconds), "keyup", "F9"])
        try waitUntil("the commands of tap \(tap)") {
          try marks.allSatisfy { try Data(contentsOf: $0).count == tap }
        }
        try waitUntil("rest after tap \(tap) of \(seconds) s") {
          let status = try client.call(.status) as StatusReport
          return status.state == .idle && !status.microphone.open
        }
      }
    }
  }

  // MARK: - A row of dictations

  /// Holds F9 again and again, with pauses that are shorter than it takes to decode and to type.
  private func everyTextOnce(
    in desktop: some VirtualDesktop, _ microphone: VirtualMicrophone, _ daemon: LiveDaemon
  ) throws {
    try desktop.whileTyping(of: daemon) { _, listener, folder in
      let window = try TypedText(in: desktop, folder: folder)
      var random = Seeded(200)
      var told: [String] = []
      for _ in 0..<Self.dictations {
        let recording = try #require(Self.recordings.randomElement(using: &random))
        let file = Fixtures.committed.appending(path: "audio/\(recording).flac")
        try desktop.hold("F9") {
          try listener.await(keeping: &told) { $0 == .state(.recording) }
          try microphone.play(file).waitUntilExit()
        }
        // How soon the key goes down again is what this is about.
        Thread.sleep(forTimeInterval: .random(in: 0...0.5, using: &random))
      }
      while told.count < Self.dictations {
        try listener.await(keeping: &told) { if case .final = $0 { true } else { false } }
      }
      #expect(told.allSatisfy { !$0.isEmpty })
      let expected = told.joined(separator: " ")
      let typed = try window.next(expecting: expected, limit: 60)
      #expect(typed.split(separator: " ") == expected.split(separator: " "))
      try waitUntil("rest") { try desktop.status(of: daemon, folder).state == .idle }
      #expect(try daemon.history.count == Self.dictations)
    }
  }

  /// F9 as the guide has it for i3.
  private static let keys = """
    bindsym F9 exec --no-startup-id \(program) record start
    bindsym --release F9 exec --no-startup-id \(program) record stop
    """

  private func script(_ command: String, mark: URL) -> String {
    "\(Self.program) record \(command); echo >> '\(mark.path)'"
  }

  /// Starts i3, which answers once its keys are bound.
  private func i3(
    in desktop: VirtualX11Desktop, of daemon: LiveDaemon, _ folder: URL, _ keys: String
  ) throws -> Process {
    try desktop.run("xset", ["-r", "75"])
    let file = folder.appending(path: "i3.conf")
    try Data("# i3 config file (v4)\n\(keys)\n".utf8).write(to: file)
    let manager = try desktop.start("i3", ["-c", file.path], settings: daemon.variables)
    try waitUntil("i3") {
      (try? desktop.run("i3-msg", ["-t", "get_version"])) != nil
    }
    return manager
  }
}

/// How often something is done: little in every run of the tests, more where it is asked for.
enum Amount {
  static let soakMinutes = of("UTTER_SOAK_MINUTES", otherwise: 0)

  static func of(_ variable: String, otherwise few: Int) -> Int {
    ProcessInfo.processInfo.environment[variable].flatMap(Int.init) ?? few
  }
}
