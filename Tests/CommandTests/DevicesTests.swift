import Foundation
import TestSupport
import Testing

@Suite struct DevicesTests {
  private static let nothing = """
    utter: no capture devices
    hint: plug in a microphone, or add yourself to the group "audio" and log in again

    """

  @Test func nothingIsNoError() throws {
    let text = try devices([], configuration: "")
    #expect(text.output == "")
    #expect(text.errors == Self.nothing)
    #expect(text.code == 0)
    let json = try devices(["--json"], configuration: "")
    #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [Int] == [])
    #expect(json.errors == Self.nothing)
    #expect(json.code == 0)
  }

  @Test func devicesAreListedWithWhatTheyOffer() throws {
    let outcome = try devices(["--json"], configuration: Self.configuration)
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    #expect(list.map { $0["name"] as? String } == ["default", "narrow"])
    #expect(list.map { $0["default"] as? Bool } == [true, false])
    #expect(list.map { $0["description"] as? String } == ["Test microphone", "Two, lines"])
    #expect(list[0]["formats"] as? [String] == Self.formats)
    #expect(list[1]["formats"] as? [String] == [])
    #expect((list[0]["channels"] as? [String: Int])?["min"] == 1)
    #expect((list[0]["rates"] as? [String: Int])?["min"] == 1)
    #expect(outcome.errors == "")
    let lines = try devices([], configuration: Self.configuration).output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("* default\tTest microphone\t1–"))
    #expect(lines[1].hasPrefix("  narrow\tTwo, lines\t1–"))
  }

  /// ALSA asserts that there is a rate left, and recurses for ever.
  @Test func aDeviceThatEndsAlsaEndsNothingElse() throws {
    let outcome = try devices(["--json"], configuration: Self.deadly + Self.configuration)
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    let problems = list.reduce(into: [:]) {
      $0[$1["name"] as? String ?? ""] = $1["problem"] as? String ?? ""
    }
    #expect(problems.keys.sorted() == ["asserting", "circular", "default", "narrow"])
    #expect(problems["asserting"]?.hasSuffix("the program that opens it (signal 6)") == true)
    #expect(problems["circular"]?.hasSuffix("the program that opens it (signal 11)") == true)
    #expect(problems["default"] == "" && problems["narrow"] == "")
    #expect(outcome.errors == "" && outcome.code == 0)
  }

  /// The same in the daemon and the other programs that open a microphone.
  @Test func aMicrophoneThatEndsAlsaEndsNoProgram() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "asound.conf")
      try Data(Self.deadly.utf8).write(to: file)
      let environment = [
        "ALSA_CONFIG_PATH": file.path, "UTTER_AUDIO_DEVICE": "asserting", "HOME": folder.path,
        "XDG_RUNTIME_DIR": folder.path, "XDG_STATE_HOME": folder.path,
        "XDG_CONFIG_HOME": folder.path, "UTTER_MODEL_PRELOAD": "false",
      ]
      let reason = "asserting: is defined so that ALSA ends the program that opens it (signal 6)"
      let doctor = try CommandRunner.run(["doctor"], environment: environment)
      #expect(doctor.output.contains(reason) && doctor.code == 1 && doctor.errors == "")

      let daemon = Process()
      daemon.executableURL = CommandRunner.program
      daemon.arguments = ["serve"]
      daemon.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      let messages = folder.appending(path: "messages")
      try Data().write(to: messages)
      daemon.standardError = try FileHandle(forWritingTo: messages)
      try daemon.runWithSignals()
      defer {
        daemon.terminate()
        daemon.waitUntilExit()
      }
      try waitUntil("the daemon listens") {
        try CommandRunner.run(["status"], environment: environment).code == 0
      }
      try waitUntil("the reason is known") {
        let start = try CommandRunner.run(["record", "start"], environment: environment)
        return start.code == 69 && start.errors.contains(reason)
      }
      // Repaired, it needs no other daemon.
      try Data("pcm.asserting { type null }".utf8).write(to: file)
      try waitUntil("the microphone works") {
        try CommandRunner.run(["record", "start"], environment: environment).code == 0
      }
      // It is silent for minutes in a moment, so that the dictation may be over by now.
      _ = try CommandRunner.run(["record", "cancel"], environment: environment)
      #expect(daemon.isRunning)
      #expect(try !String(contentsOf: messages, encoding: .utf8).contains("Assertion"))
    }
  }

  @Test func damagedConfigurationIsAnError() throws {
    let outcome = try devices(["--json"], configuration: "pcm.x { type")
    #expect(outcome.output == "")
    #expect(
      outcome.errors == """
        utter: ALSA: cannot read its configuration: Invalid argument
        hint: check /etc/asound.conf and ~/.asoundrc

        """)
    #expect(outcome.code == 69)
  }

  private static let formats = ["S16_LE", "FLOAT_LE", "S32_LE", "S24_3LE", "S24_LE"]

  private static let deadly = """
    pcm.asserting {
      type plug
      slave.pcm { type file file "/dev/null" infile "/dev/zero" format raw slave.pcm null }
      slave.format S16_LE
      slave.rate 1
      slave.channels 1
      hint { show on description "Asserting" }
    }
    pcm.null { type null }
    pcm.circular {
      type asym
      capture.pcm { type asym capture.pcm "circular" playback.pcm "null" }
      playback.pcm "null"
      hint { show on description "Circular" }
    }

    """

  /// One that can be read, one that cannot, one that is not there.
  private static let configuration = """
    pcm.!default { type null hint { show on description "Test microphone" } }
    pcm.narrow {
      type mulaw
      slave { pcm { type null } format S16_LE }
      hint { show on description "Two\nlines" }
    }
    pcm.gone { type hw card 31 device 0 hint { show on description "Unplugged" } }
    """

  private func devices(
    _ arguments: [String], configuration: String
  ) throws -> CommandRunner.Outcome {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "asound.conf")
      try Data(configuration.utf8).write(to: file)
      return try CommandRunner.run(
        ["devices"] + arguments, environment: ["ALSA_CONFIG_PATH": file.path])
    }
  }
}
