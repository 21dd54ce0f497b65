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
