import ArgumentParser
import System
import Vocabulary

/// `utter vocabulary`: words that are to be spelled right.
struct VocabularyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vocabulary", abstract: "Manage the terms that are to be spelled right.",
    discussion: """
      A list holds a term a line. Behind the spelling, each after a tab, may stand spoken= words \
      that say it (more than once if need be), weight= from 0.01 to 100, case=exact or \
      case=sentence, and guard=off where ordinary English always means the term, guard=on where \
      it never does. A line whose first character is # says nothing; \\# begins a term with #.

      Your lists are the files *.txt in $XDG_CONFIG_HOME/utter/vocabulary. A project's is the file \
      .utter-vocabulary in the directory that you work in, or above it.
      """,
    subcommands: [
      VocabularyListCommand.self, VocabularyAddCommand.self, VocabularyRemoveCommand.self,
      VocabularyImportCommand.self, VocabularyExportCommand.self, VocabularyLintCommand.self,
      VocabularyTestCommand.self,
    ],
    defaultSubcommand: VocabularyListCommand.self)

  /// The user's lists.
  static func lists() throws -> UserLists {
    UserLists(folder: "\(try UserFolders().configuration)/utter/vocabulary")
  }
}

/// `utter vocabulary remove`: one term less.
struct VocabularyRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a term from your lists.")

  @Argument(help: "The term, as it is written.")
  var term: String

  @Option(help: ArgumentHelp("The list's name; all of them without.", valueName: "name"))
  var list: String?

  func run() throws {
    _ = try reportingFailure { try VocabularyCommand.lists().remove(term, from: list) }
  }
}

/// `utter vocabulary export`: all lists as one.
struct VocabularyExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print the terms of your lists as one list.")

  @Option(help: ArgumentHelp("The list's name; all of them without.", valueName: "name"))
  var list: String?

  func run() throws {
    try reportingFailure {
      let lists = try VocabularyCommand.lists()
      let paths = if let list { [try lists.path(of: list)] } else { lists.paths }
      var seen: Set<Term> = []
      for path in paths {
        let terms = try lists.list(path).terms.filter { seen.insert($0).inserted }
        print(VocabularyList.text(of: terms), terminator: "")
      }
    }
  }
}
