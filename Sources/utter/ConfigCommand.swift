import ArgumentParser
import Service

/// `utter config`: the settings of the daemon and the commands.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Show and change the configuration.",
    discussion: """
      Settings stand in $XDG_CONFIG_HOME/utter/config.toml, or in the file that UTTER_CONFIG \
      names. \
      A variable UTTER_SECTION_KEY, UTTER_AUDIO_DEVICE for example, beats the file. After a \
      change, `utter config reload` tells the daemon.
      """,
    subcommands: [Show.self, Set.self, Reload.self, Path.self])
}

extension ConfigCommand {
  /// `utter config show`: what is in use.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print the settings in use, and where each comes from.",
      discussion: """
        Prints a complete file; a comment behind a value tells that the file or a variable sets \
        it. What has none is the default.
        """)

    @Flag(help: "Print a JSON object.")
    var json = false

    func run() throws {
      let loaded = try reportingFailure { try Configuration.trace() }
      print(json ? try ConfigurationDocument(loaded).json() : loaded.toml)
    }
  }

  /// `utter config set`: one setting.
  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set", abstract: "Change a setting in the file; all other lines stay.")

    @Argument(help: ArgumentHelp("The setting.", valueName: "section.key"))
    var key: String

    @Argument(help: "Its value, without the quotes of the file.")
    var value: String

    func run() throws {
      try reportingFailure {
        try Configuration.set(key, to: value, file: Configuration.path())
      }
    }
  }

  /// `utter config reload`: the daemon's turn.
  struct Reload: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reload", abstract: "Have the daemon read the configuration again.",
      discussion: """
        Where something is wrong with it, says what, and the daemon goes on with the one it has.
        """)

    func run() throws {
      try reportingFailure { _ = try DaemonClient().answer(to: .reload) }
    }
  }

  /// `utter config path`: where the file is.
  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "path", abstract: "Print the path of the file, whether it exists or not.")

    func run() throws { print(try reportingFailure { try Configuration.path() }) }
  }
}
