import Foundation
import TestSupport
import Testing

@Suite struct ConfigCommandTests {
  @Test func allOtherLinesStay() throws {
    let before = """
      # Mine.
      [model]   # the big one
      name = "parakeet"   # of 2025
      \tthreads=4

      # What follows is about audio.
      [audio]
      device = 'hw:1#0'# quiet

      [history]
      # Nothing set here.
      """
    try withFile(before) { file, config in
      try #expect(config(["set", "audio.device", "de\"fault"]).code == 0)
      try #expect(config(["set", "audio.keep_open", "true"]).code == 0)
      try #expect(config(["set", "model.threads", "0"]).code == 0)
      try #expect(config(["set", "history.retention", "1.5h"]).code == 0)
      try #expect(config(["set", "type.driver", "dotool"]).code == 0)
      let after = """
        # Mine.
        [model]   # the big one
        name = "parakeet"   # of 2025
        \tthreads=0

        # What follows is about audio.
        [audio]
        device = "de\\"fault"# quiet
        keep_open = true

        [history]
        retention = "90m"
        # Nothing set here.

        [type]
        driver = "dotool"

        """
      #expect(try String(contentsOf: file, encoding: .utf8) == after)
      try #expect(config(["show"]).output.contains("threads = 0 "))
    }
  }

  @Test func carriageReturnsStay() throws {
    try withFile("[audio]\r\ndevice = \"a\"\r\n") { file, config in
      try #expect(config(["set", "audio.keep_open", "true"]).code == 0)
      try #expect(config(["set", "model.threads", "1"]).code == 0)
      #expect(
        try Data(contentsOf: file)
          == Data(
            "[audio]\r\ndevice = \"a\"\r\nkeep_open = true\r\n\r\n[model]\r\nthreads = 1\r\n".utf8))
    }
  }

  @Test func aNewFileIsForItsOwnerAlone() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "new/config.toml")
      let variables = ["UTTER_CONFIG": "", "XDG_CONFIG_HOME": folder.path]
      let path = try CommandRunner.run(["config", "path"], environment: variables)
      #expect(path.output == "\(folder.path)/utter/config.toml\n")
      let outcome = try CommandRunner.run(
        ["config", "set", "audio.device", "pulse"], environment: ["UTTER_CONFIG": file.path])
      #expect(outcome.code == 0)
      #expect(outcome.output + outcome.errors == "")
      #expect(try String(contentsOf: file, encoding: .utf8) == "[audio]\ndevice = \"pulse\"\n")
      #expect(try mode(file) == 0o600)
      #expect(try mode(file.deletingLastPathComponent()) == 0o700)
    }
  }

  @Test func aLinkStaysOne() throws {
    try withFile("") { file, config in
      let target = file.deletingLastPathComponent().appending(path: "target.toml")
      try FileManager.default.moveItem(at: file, to: target)
      try FileManager.default.createSymbolicLink(at: file, withDestinationURL: target)
      try #expect(config(["set", "model.threads", "3"]).code == 0)
      #expect(try String(contentsOf: target, encoding: .utf8) == "[model]\nthreads = 3\n")
      let type = try FileManager.default.attributesOfItem(atPath: file.path)[.type]
      #expect(type as? FileAttributeType == .typeSymbolicLink)
    }
  }

  @Test func whatIsRefusedChangesNothing() throws {
    let refused = [
      ("", "audio.devise", "x", "utter: command line: audio.devise: no such setting\n"),
      ("", "model.threads", "many", "utter: command line: model.threads is \"many\", but must"),
      ("audio = 3\n", "audio.device", "x", "utter: FILE: line 1, column 1: audio is 3, but"),
      ("[audio]\ndevise = 1", "audio.device", "x", "utter: FILE: line 2, column 1: audio.devise:"),
      ("[[audio]]\n", "audio.device", "x", "utter: FILE: line 1, column 1: audio is a list, but"),
      ("[audio.device]\n", "audio.device", "x", "utter: FILE: line 1, column 1: audio.device is a"),
      ("[audio\ndevice = 1\n", "audio.device", "x", "utter: FILE: line 1, column 7: the end of"),
      ("[audio]\ndevice = a\n", "model.name", "x", "utter: FILE: line 2, column 10: a is no value"),
      ("[audio]\ndevice = a\n[?]", "audio.device", "x", "utter: FILE: line 3, column 2: \"?\" in"),
    ]
    for (before, key, value, message) in refused {
      try withFile(before) { file, config in
        let outcome = try config(["set", key, value])
        let expected = message.replacing("FILE", with: file.path)
        #expect(outcome.errors.hasPrefix(expected), "\(outcome.errors)")
        #expect(outcome.code == (message.contains("command line") ? 2 : 65))
        #expect(try String(contentsOf: file, encoding: .utf8) == before)
        let names = try FileManager.default.contentsOfDirectory(
          atPath: file.deletingLastPathComponent().path)
        #expect(names == ["config.toml"])
      }
    }
  }

  /// The line that makes a file unreadable is repaired by setting its key.
  @Test(arguments: [
    "device = default # mine", "device =", "device", "device \"x\"", "device = \"x",
    "device = [1, }",
    "device = \"C:\\home\"", "device = \"x\0\"", "device = 1979-05-27T", "device = \"x\" y",
    "device = {{{{", "device = \"\"\"x",
  ]) func aBrokenLineIsRepaired(_ line: String) throws {
    for ending in ["\n", "\r\n"] {
      let lines = ["[audio]", line, "keep_open = true # as well", ""]
      try withFile(lines.joined(separator: ending)) { file, config in
        try #expect(config(["show"]).code == 65)
        try #expect(config(["set", "audio.device", "hw:1,0"]).code == 0)
        let repaired = ["[audio]", "device = \"hw:1,0\""] + lines.dropFirst(2)
        #expect(try Data(contentsOf: file) == Data(repaired.joined(separator: ending).utf8))
      }
    }
  }

  /// A wrong value can be repaired with the command that would have prevented it.
  @Test func aWrongValueCanBeReplaced() throws {
    try withFile("[audio]\nkeep_open = \"yes\"\n") { file, config in
      try #expect(config(["show"]).code == 65)
      try #expect(config(["set", "audio.keep_open", "true"]).code == 0)
      #expect(try String(contentsOf: file, encoding: .utf8) == "[audio]\nkeep_open = true\n")
    }
  }

  @Test func originsAreShown() throws {
    try withFile("[model]\nname = \"mine\"\n") { file, _ in
      let variables = ["UTTER_CONFIG": file.path, "UTTER_AUDIO_DEVICE": "pulse"]
      let text = try CommandRunner.run(["config", "show"], environment: variables).output
      #expect(text.contains(#/\nname = "mine" +# the file\n/#))
      #expect(text.contains(#/\ndevice = "pulse" +# UTTER_AUDIO_DEVICE\n/#))
      #expect(text.contains("keep_open = false\n"))
      let json = try CommandRunner.run(["config", "show", "--json"], environment: variables)
      let root = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
      let settings = root?["settings"] as? [String: [String: [String: Any]]]
      #expect(root?["path"] as? String == file.path)
      #expect(settings?["model"]?["name"]?["origin"] as? String == "file")
      #expect(settings?["audio"]?["device"]?["value"] as? String == "pulse")
      #expect(settings?["audio"]?["keep_open"]?["value"] as? Bool == false)
    }
  }

  /// What is shown is a file that means the same.
  @Test func whatIsShownCanBeRead() throws {
    try withFile("[model]\nname = \"a\\\"b\\\\ü\"\n[dictation]\ntail = 0.123\n") { file, config in
      let shown = try config(["show"]).output
      try Data(shown.utf8).write(to: file)
      let again = try config(["show"])
      #expect(again.code == 0)
      #expect(
        again.output.split(separator: "\n").map { $0.prefix { $0 != "#" } }.map(trimmed)
          == shown.split(separator: "\n").map { $0.prefix { $0 != "#" } }.map(trimmed))
    }
  }

  @Test func theModelComesFromTheConfiguration() throws {
    try withFile("[model]\nname = \"nowhere\"\n") { file, _ in
      let recording = Fixtures.committed.appending(path: "audio/digits_03.flac").path
      let variables = ["UTTER_CONFIG": file.path, "UTTER_MODEL_NAME": ""]
      let missing = try CommandRunner.run(["transcribe", recording], environment: variables)
      #expect(missing.errors.hasPrefix("utter: nowhere: no such model\n"))
      let other = try CommandRunner.run(
        ["transcribe", recording],
        environment: variables.merging(["UTTER_MODEL_NAME": "elsewhere"]) { $1 })
      #expect(other.errors.hasPrefix("utter: elsewhere: no such model\n"))
    }
  }

  private func trimmed(_ text: Substring) -> String {
    text.trimmingCharacters(in: .whitespaces)
  }

  private func mode(_ file: URL) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  /// Runs a body with a configuration file and a function that runs `utter config` with it.
  private func withFile(
    _ text: String, _ body: (URL, ([String]) throws -> CommandRunner.Outcome) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "config.toml")
      try Data(text.utf8).write(to: file)
      try body(file) {
        try CommandRunner.run(["config"] + $0, environment: ["UTTER_CONFIG": file.path])
      }
    }
  }
}
