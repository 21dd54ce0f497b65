import Formatting
import Service
import TOML
import TestSupport
import Testing

/// What paths in a configuration mean.
@Suite struct PathTests {
  private static func load(
    _ text: String, _ variables: [String: String] = [:]
  ) throws -> (loaded: Configuration.Loaded, folder: String) {
    let folder = try TemporaryFolder()
    let file = try folder.write(Array(text.utf8), "config.toml")
    let environment = ["HOME": "/home/me", "XDG_DATA_HOME": "/data"]
    let loaded = try Configuration.trace(
      environment: environment.merging(variables) { $1 }, file: file)
    return (loaded, folder.path)
  }

  @Test func pathsBeginInFoldersOfTheUser() throws {
    let (loaded, folder) = try Self.load(
      #"""
      [model]
      name = "~/models/mine"
      [vocabulary]
      lists = ["~/a.txt", "$HOME/b.txt", "$XDG_CONFIG_HOME/c.txt", "$XDG_DATA_HOME/d.txt",
        "$XDG_STATE_HOME/e", "$XDG_CACHE_HOME/f", "/g.txt", "h.txt", "i/j.txt", "~other/k", "$X/l"]
      [format]
      filter = ["~/bin/tidy", "~/argument"]
      """#)
    let configuration = loaded.configuration
    #expect(
      configuration.vocabulary.lists == [
        "/home/me/a.txt", "/home/me/b.txt", "/home/me/.config/c.txt", "/data/d.txt",
        "/home/me/.local/state/e", "/home/me/.cache/f", "/g.txt", "\(folder)/h.txt",
        "\(folder)/i/j.txt", "\(folder)/~other/k", "\(folder)/$X/l",
      ])
    #expect(configuration.model.name == "/home/me/models/mine")
    #expect(configuration.format.filter == ["/home/me/bin/tidy", "~/argument"])
    // What is shown, and written again, is what stands there.
    let shown = loaded.entries.first { $0.key.path == "model.name" }
    #expect(shown?.value.toml == "\"~/models/mine\"")
  }

  @Test func aNameIsNoPath() throws {
    let (loaded, folder) = try Self.load(
      "model.name = \"~\"\nformat.filter = [\"tr\", \"a\", \"b\"]\nvocabulary.lists = [\"~\"]")
    #expect(loaded.configuration.model.name == "~")
    #expect(loaded.configuration.format.filter == ["tr", "a", "b"])
    #expect(loaded.configuration.vocabulary.lists == ["\(folder)/~"])
    let (profiles, _) = try Self.load("format.profiles.chat.lists = [\"~/people.txt\"]")
    #expect(profiles.configuration.format.profiles[.chat].lists == ["/home/me/people.txt"])
    let (models, _) = try Self.load("model.name = \"models/mine\"")
    #expect(models.configuration.model.name.hasSuffix("/models/mine"))
    #expect(models.configuration.model.name.hasPrefix("/"))
  }

  /// A variable is set where the program works, not where the file is.
  @Test func variablesBeginWhereTheProgramWorks() throws {
    let variables = [
      "UTTER_VOCABULARY_LISTS": "a.txt,~/b.txt", "UTTER_MODEL_NAME": "models/mine",
    ]
    let configuration = try Self.load("", variables).loaded.configuration
    #expect(configuration.vocabulary.lists == ["a.txt", "/home/me/b.txt"])
    #expect(configuration.model.name == "models/mine")
  }
}
