import Checkpoint
import Formatting
import Foundation
import Service
import TOML
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
      precision = "int8"
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
    expected.model.precision = .int8
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

  @Test func writingIsConfigured() throws {
    let configuration = try load(
      """
      [vocabulary]
      method = "none"
      lists = ["/a b.txt", "c"]
      project_file = "terms"
      [format]
      numbers = true
      fillers = true
      replacements = ["By the way => btw"]
      filter = ["tr", "a-z", "A-Z"]
      [format.profiles.chat]
      rules = ["corrections"]
      windows = ["auto", "my*"]
      lists = ["/people.txt"]
      [format.profiles]
      editor.rules = []
      """)
    #expect(configuration.vocabulary.lists.first == "/a b.txt")
    #expect(configuration.vocabulary.lists.last?.hasSuffix("/c") == true)
    #expect(!configuration.vocabulary.isUsed && configuration.vocabulary.projectFile == "terms")
    #expect(configuration.format.rules == [.numbers, .fillers])
    #expect(configuration.format.replacements.map(\.text) == ["by the way => btw"])
    #expect(configuration.format.filter == ["tr", "a-z", "A-Z"])
    #expect(configuration.format.settings(for: .chat).rules == [.corrections])
    #expect(configuration.format.settings(for: .editor).rules == [])
    #expect(configuration.format.settings(for: .terminal).rules.contains(.casing))
    #expect(Configuration().format.settings() == FormattingSettings())
    #expect(configuration.format.profiles[.chat].windows == ["auto", "my*"])
    #expect(configuration.format.profiles[.chat].lists == ["/people.txt"])
    let inline = try load(
      "format = { numbers = true, profiles = { chat = { rules = [\"fillers\"] } } }")
    #expect(inline.format.rules == [.numbers])
    #expect(inline.format.profiles[.chat].rules == [.fillers])
    let variables = [
      "UTTER_FORMAT_NUMBERS": "true", "UTTER_FORMAT_PROFILES_CHAT_RULES": "numbers, fillers",
      "UTTER_FORMAT_FILTER": "[\"tr\", \"a,b\", \"c\"]",
    ]
    let set = try load("", variables).format
    #expect(set.rules == [.numbers] && set.profiles[.chat].rules == [.numbers, .fillers])
    #expect(set.filter == ["tr", "a,b", "c"])
  }

  @Test(arguments: [
    "[vocabulary]\nmethod = \"forest\"", "[vocabulary]\nproject_file = \"../x\"",
    "[vocabulary]\nlists = \"a\"", "[format]\nreplacements = [\"no arrow\"]",
    "[format]\nfilter = [1]", "[format]\nprofiles = 7", "[format.profiles]\nchat = [\"numbers\"]",
    "[format.profiles.chat]\nrules = [\"x\"]", "[format.profiles.chat]\nwindows = \"x\"",
    "[format.profiles.kitchen]\nrules = []", "[format.profile.chat]\nrules = []",
    "format.numbers = 1",
  ]) func writingThatMakesNoSenseIsRefused(_ text: String) throws {
    #expect(try failure(text) != nil)
  }

  @Test func profilesAreEdited() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Array("[format]\nnumbers = true # yes\n".utf8), "config.toml")
    try Configuration.set("format.profiles.chat.rules", to: "fillers,numbers", file: file)
    try Configuration.set("format.profiles.chat.windows", to: "auto, my*", file: file)
    try Configuration.set("format.profiles.editor.windows", to: "auto", file: file)
    try Configuration.set("format.filter", to: "[\"tr\", \"a\", \"b\"]", file: file)
    let written = try Configuration.load(environment: [:], file: file)
    #expect(written.format.profiles[.chat].rules == [.fillers, .numbers])
    #expect(written.format.profiles[.chat].windows == ["auto", "my*"])
    #expect(written.format.profiles[.editor].windows == ["auto"])
    #expect(written.format.filter == ["tr", "a", "b"] && written.format.rules == [.numbers])
  }

  /// What the user wrote comes before what is known, whatever profile it is written for.
  @Test func windowsChooseAProfile() {
    var profiles = FormattingProfiles()
    #expect(!profiles.dependOnWindows && profiles.profile(ofWindow: ["kitty"]) == nil)
    profiles[.terminal].windows = ["auto"]
    #expect(profiles.dependOnWindows)
    #expect(profiles.profile(ofWindow: ["kitty"]) == .terminal)
    #expect(profiles.profile(ofWindow: ["other", "Kitty"]) == .terminal)
    #expect(profiles.profile(ofWindow: ["Slack"]) == nil && profiles.profile(ofWindow: []) == nil)
    #expect(profiles.profile(ofWindow: ["auto"]) == nil)
    profiles[.chat].windows = ["kit*"]
    #expect(profiles.profile(ofWindow: ["kitty"]) == .chat)
    #expect(profiles.profile(ofWindow: ["foot"]) == .terminal)
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
    #expect(try failure("[history]\nretention = 0") != nil)
    #expect(try failure("[history]\nretention = \"never\"") != nil)
  }

  @Test func precisionsAreThoseOfMemory() throws {
    #expect(try load("[model]\nprecision = \"auto\"").model.precision == nil)
    #expect(try load("[model]\nprecision = \"float32\"").model.precision == .float32)
    #expect {
      try load("[model]\nprecision = \"float16\"")
    } throws: { error in
      "\(error)".contains("\"auto\", \"int8\", \"float32\"")
    }
  }

  @Test func theFileIsFound() throws {
    func path(_ variables: [String: String]) throws -> String {
      try Configuration.path(environment: variables.merging(["HOME": "/home/me"]) { a, _ in a })
    }
    #expect(try path([:]) == "/home/me/.config/utter/config.toml")
    #expect(try path(["XDG_CONFIG_HOME": "/c"]) == "/c/utter/config.toml")
    #expect(try path(["XDG_CONFIG_HOME": "relative"]) == "/home/me/.config/utter/config.toml")
    #expect(try path(["XDG_CONFIG_HOME": "/c", "UTTER_CONFIG": "mine.toml"]) == "mine.toml")
  }

  /// Values that a key does not take, each with what is said of it.
  @Test(arguments: [
    ("[audio]\ndevice = 3", "line 2, column 1: audio.device is 3, but must be a text"),
    ("[audio]\ndevice = \"\"", "line 2, column 1: audio.device is \"\", but must be a text"),
    (
      "[audio]\ndevice = \"a\\nb\"",
      "line 2, column 1: audio.device is \"a\\u000Ab\", but must be a text"
    ),
    (
      "[audio]\nkeep_open = \"yes\"",
      "line 2, column 1: audio.keep_open is \"yes\", but must be true or false"
    ),
    (
      "model.threads = -1",
      "line 1, column 7: model.threads is -1, but must be a number from 0 to 256"
    ),
    (
      "model = { threads = 1.0 }",
      "line 1, column 11: model.threads is 1.0, but must be a number from 0 to 256"
    ),
    (
      "[model]\nidle_unload = true",
      "line 2, column 1: model.idle_unload is true, but must be a duration such as \"10m\" or "
        + "\"30d\", or \"never\""
    ),
    (
      "[dictation]\ntail = \"1h\"",
      "line 2, column 1: dictation.tail is \"1h\", but must be a duration such as \"250ms\", "
        + "at most \"5s\""
    ),
    (
      "[type]\ndriver = \"wtyp\"",
      "line 2, column 1: type.driver is \"wtyp\", but must be \"auto\", \"wayland\", \"wtype\", "
        + "\"dotool\", \"ydotool\", \"portal\", \"x11\""
    ),
    (
      "[history]\nretention = \"0\"",
      "line 2, column 1: history.retention is \"0\", but must be a duration such as \"10m\" or "
        + "\"30d\", or \"forever\""
    ),
    (
      "[history]\nretention = 2026-11-27",
      "line 2, column 1: history.retention is 2026-11-27, but must be a duration such as "
        + "\"10m\" or \"30d\", or \"forever\""
    ),
    (
      "[history.enabled]\nx = 1",
      "line 1, column 1: history.enabled is a table, but must be true or false"
    ),
    ("[model]\nname = [\"a\"]", "line 2, column 1: model.name is a list, but must be a text"),
    ("audio = 3", "line 1, column 1: audio is 3, but must be a table"),
    ("[[audio]]\ndevice = \"x\"", "line 1, column 1: audio is a list, but must be a table"),
    // The first one in the file.
    (
      "[model]\nname = 2\n[audio]\ndevice = 1",
      "line 2, column 1: model.name is 2, but must be a text"
    ),
  ]) func wrongValuesAreNamed(_ text: String, _ message: String) throws {
    #expect(try complaint(text) == "FILE: \(message)")
  }

  @Test(arguments: [
    ("[audio]\ndevise = \"x\"", "line 2, column 1: audio.devise", "audio.device"),
    ("[audio]\nkeepopen = true", "line 2, column 1: audio.keepopen", "audio.keep_open"),
    ("[model]\nTHREADS = 1", "line 2, column 1: model.THREADS", "model.threads"),
    ("\n [histroy]\nenabled = true", "line 2, column 2: [histroy]", "[history]"),
    ("[type]\nsomething_else = true", "line 2, column 1: type.something_else", nil),
    ("audio.\"x\\n\" = true", "line 1, column 7: audio.\"x\\u000A\"", nil),
    ("zzz = 1", "line 1, column 1: [zzz]", nil),
  ]) func unknownKeysNameTheirNeighbour(_ text: String, _ name: String, _ nearest: String?) throws {
    let error = try #require(try failure(text))
    #expect(short(error) == "FILE: \(name): no such setting")
    guard case .unknown(_, _, let named) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(named == nearest)
  }

  @Test func wrongVariablesAreNamed() throws {
    #expect(
      try complaint("", ["UTTER_AUDIO_KEEP_OPEN": "perhaps"])
        == "UTTER_AUDIO_KEEP_OPEN: audio.keep_open is \"perhaps\", but must be true or false")
    #expect(
      try failure("", ["UTTER_AUDIO_DEVISE": "x"])
        == .unknown(.environment, name: "UTTER_AUDIO_DEVISE", nearest: "UTTER_AUDIO_DEVICE"))
  }

  @Test func aSyntaxErrorNamesItsPlace() throws {
    #expect(
      try complaint("# fine\n[audio]\ndevice = default\n")
        == "FILE: line 3, column 10: default is no value; a text stands in quotes")
    #expect(
      try complaint("[audio]\ndevice = \"a\"\n[model]\n[audio]\n")
        == "FILE: line 4, column 1: audio is there already")
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
      try Data().write(to: file)
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

  /// What is said of a text, with FILE in the place of its path.
  private func complaint(
    _ text: String, _ variables: [String: String] = [:]
  ) throws -> String? {
    try failure(text, variables).map(short)
  }

  private func short(_ error: ConfigurationError) -> String {
    let text = error.description
    return text.hasPrefix("/") ? "FILE" + text.drop { $0 != ":" } : text
  }

  private func failure(
    _ text: String, _ variables: [String: String] = [:]
  ) throws -> ConfigurationError? {
    do {
      _ = try load(text, variables)
      return nil
    } catch let error as ConfigurationError {
      return error
    }
  }

  private func failure(of path: String) -> ConfigurationError? {
    do throws(ConfigurationError) {
      _ = try Configuration.load(environment: [:], file: path)
      return nil
    } catch {
      return error
    }
  }
}
