import Foundation
import Service
import TestSupport
import Testing

@Suite struct ConfigurationTests {
  @Test func nothingMeansTheDefaults() throws {
    #expect(try load("") == Configuration())
    #expect(Configuration().model.name == "starter-en")
    let missing = try Configuration.trace(environment: [:], file: "/nowhere/config.toml")
    #expect(missing.configuration == Configuration())
    #expect(missing.entries.allSatisfy { $0.origin == .standard })
    #expect(missing.entries.count == ConfigurationKey.all.count)
  }

  @Test func everyKeyIsRead() throws {
    let configuration = try load(
      """
      # All of them.
      audio.device = "hw:1,0"
      audio.keep_open = true
      [model]
      name = 'parakeet'
      threads = 3
      preload = false
      idle_unload = "never"
      [dictation]
      pre_roll = "1.5s"
      tail = 0.1
      partials = false
      [type]
      driver = "dotool"
      fallback = "none"
      [history]
      enabled = false
      retention = "7d"
      """)
    var expected = Configuration()
    expected.audio.device = "hw:1,0"
    expected.audio.keepOpen = true
    expected.model.name = "parakeet"
    expected.model.threads = 3
    expected.model.preload = false
    expected.model.idleUnload = nil
    expected.dictation.preRoll = .milliseconds(1_500)
    expected.dictation.tail = .milliseconds(100)
    expected.dictation.partials = false
    expected.typing.driver = "dotool"
    expected.typing.fallback = "none"
    expected.history.enabled = false
    expected.history.retention = .seconds(7 * 86_400)
    #expect(configuration == expected)
  }

  @Test func variablesBeatTheFile() throws {
    let variables = [
      "UTTER_AUDIO_DEVICE": "pulse", "UTTER_MODEL_IDLE_UNLOAD": "90", "UTTER_MODEL_THREADS": "2",
      "UTTER_TYPE_DRIVER": "", "UTTER_MODELS": "/models", "UTTER_AUDIO_KEEP_OPEN": "true",
    ]
    let text = "[audio]\ndevice = \"file\"\n[type]\ndriver = \"wtype\"\n"
    let configuration = try load(text, variables)
    #expect(configuration.audio.device == "pulse")
    #expect(configuration.audio.keepOpen)
    #expect(configuration.model.idleUnload == .seconds(90))
    #expect(configuration.model.threads == 2)
    #expect(configuration.typing.driver == "wtype")
  }

  @Test func zeroMeansNeverWhereThatIsClear() throws {
    #expect(try load("[model]\nidle_unload = 0").model.idleUnload == nil)
    #expect(try load("", ["UTTER_MODEL_IDLE_UNLOAD": "0"]).model.idleUnload == nil)
    #expect(try load("[history]\nretention = \"forever\"").history.retention == nil)
    #expect(try complaint("[history]\nretention = 0") != nil)
    #expect(try complaint("[history]\nretention = \"never\"") != nil)
  }

  @Test func theFileIsFound() {
    func path(_ variables: [String: String]) -> String {
      Configuration.path(environment: variables.merging(["HOME": "/home/me"]) { a, _ in a })
    }
    #expect(path([:]) == "/home/me/.config/utter/config.toml")
    #expect(path(["XDG_CONFIG_HOME": "/c"]) == "/c/utter/config.toml")
    #expect(path(["XDG_CONFIG_HOME": "relative"]) == "/home/me/.config/utter/config.toml")
    #expect(path(["XDG_CONFIG_HOME": "/c", "UTTER_CONFIG": "mine.toml"]) == "mine.toml")
  }

  /// Values that a key does not take, each with what the complaint says.
  @Test(arguments: [
    ("[audio]\ndevice = 3", "audio.device is 3, but must be a text"),
    ("[audio]\ndevice = \"\"", "audio.device is \"\", but must be a text"),
    (
      "[audio]\ndevice = \"a\\nb\"",
      "audio.device is \"a\\u000Ab\", but must be a text"
    ),
    ("[audio]\nkeep_open = \"yes\"", "audio.keep_open is \"yes\", but must be true or false"),
    ("[model]\nthreads = -1", "model.threads is -1, but must be a number from 0 to 256"),
    ("[model]\nthreads = 1.0", "model.threads is 1.0, but must be a number from 0 to 256"),
    (
      "[model]\nidle_unload = true",
      "model.idle_unload is true, but must be a duration such as \"10m\" or \"30d\", or \"never\""
    ),
    (
      "[dictation]\ntail = \"1h\"",
      "dictation.tail is \"1h\", but must be a duration such as \"250ms\", at most \"5s\""
    ),
    (
      "[type]\ndriver = \"wtyp\"",
      "type.driver is \"wtyp\", but must be \"auto\", \"wtype\", \"dotool\", \"ydotool\", "
        + "\"xdotool\""
    ),
    (
      "[history]\nretention = \"0\"",
      "history.retention is \"0\", but must be a duration such as \"10m\" or \"30d\", "
        + "or \"forever\""
    ),
    ("[history.enabled]\nx = 1", "history.enabled is a table, but must be true or false"),
    ("audio = 3", "audio is 3, but must be a table"),
    ("[[audio]]\ndevice = \"x\"", "audio is a array, but must be a table"),
  ]) func wrongValuesAreNamed(_ text: String, _ message: String) throws {
    #expect(try complaint(text)?.description == "FILE: \(message)")
  }

  @Test(arguments: [
    ("[audio]\ndevise = \"x\"", "audio.devise", "audio.device"),
    ("[audio]\nkeepopen = true", "audio.keepopen", "audio.keep_open"),
    ("[model]\nTHREADS = 1", "model.THREADS", "model.threads"),
    ("[histroy]\nenabled = true", "[histroy]", "[history]"),
    ("[type]\nsomething_else = true", "type.something_else", nil),
    ("zzz = 1", "[zzz]", nil),
  ]) func unknownKeysNameTheirNeighbour(_ text: String, _ name: String, _ nearest: String?) throws {
    #expect(try complaint(text) == .unknown(place: "FILE", name: name, nearest: nearest))
  }

  @Test func wrongVariablesAreNamed() throws {
    #expect(
      try complaint("", ["UTTER_AUDIO_KEEP_OPEN": "perhaps"])?.description
        == "UTTER_AUDIO_KEEP_OPEN: audio.keep_open is \"perhaps\", but must be true or false")
    #expect(
      try complaint("", ["UTTER_AUDIO_DEVISE": "x"])
        == .unknown(
          place: "environment", name: "UTTER_AUDIO_DEVISE", nearest: "UTTER_AUDIO_DEVICE"))
  }

  @Test func aSyntaxErrorNamesItsLine() throws {
    let error = try complaint("# fine\n[audio]\ndevice = default\n")
    guard case .malformed(_, line: 3, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!reason.contains("\n"))
  }

  @Test func filesThatAreNoConfiguration() throws {
    try withTemporaryFolder { folder in
      func reason(_ path: String) -> String? {
        guard case .unreadable(_, let reason) = failure(of: path) else { return nil }
        return reason
      }
      let file = folder.appending(path: "config.toml")
      #expect(reason(folder.path) == "is a folder")
      #expect(reason("/dev/zero") == "is not a file")
      try Data([0x5B, 0xFF, 0xFE]).write(to: file)
      #expect(reason(file.path) == "is not UTF-8 text")
      try Data("[audio]\n\0".utf8).write(to: file)
      #expect(reason(file.path) == "is not UTF-8 text")
      let handle = try FileHandle(forWritingTo: file)
      try handle.truncate(atOffset: 100_000_000)
      try handle.close()
      #expect(reason(file.path) == "is larger than 1 MiB")
      #expect(reason(file.path + "/below") == "Not a directory")
    }
  }

  private func load(
    _ text: String, _ variables: [String: String] = [:]
  ) throws -> Configuration {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "config.toml")
      try Data(text.utf8).write(to: file)
      return try Configuration.load(environment: variables, file: file.path)
    }
  }

  /// What a text is refused for, with FILE in the place of its path.
  private func complaint(
    _ text: String, _ variables: [String: String] = [:]
  ) throws -> ConfigurationError? {
    do {
      _ = try load(text, variables)
      return nil
    } catch let error as ConfigurationError {
      return switch error {
      case .unknown(let place, let name, let nearest):
        .unknown(place: short(place), name: name, nearest: nearest)
      case .badValue(let place, let key, let found, let allowed):
        .badValue(place: short(place), key: key, found: found, allowed: allowed)
      default: error
      }
    }
  }

  private func short(_ place: String) -> String { place.hasPrefix("/") ? "FILE" : place }

  private func failure(of path: String) -> ConfigurationError? {
    do throws(ConfigurationError) {
      _ = try Configuration.load(environment: [:], file: path)
      return nil
    } catch {
      return error
    }
  }
}
