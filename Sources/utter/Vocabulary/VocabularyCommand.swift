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
      VocabularyTestCommand.self, VocabularySuggestCommand.self, VocabularyExplainCommand.self,
      VocabularyLearnCommand.self, VocabularyTuneCommand.self,
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
    commandName: "export", abstract: "Print the terms of your lists as one list.",
    discussion: "Of the project that you work in, the list that lies there, with --project.")

  @Option(help: ArgumentHelp("The list's name; all of them without.", valueName: "name"))
  var list: String?

  @Flag(help: "Print the project's list instead of yours.")
  var project = false

  @Option(help: "The directory that you work in; the current one by default.")
  var directory: String?

  func validate() throws {
    if project, list != nil { throw ValidationError("--project and --list exclude each other") }
    if directory != nil, !project { throw ValidationError("--directory needs --project") }
  }

  func run() throws {
    try reportingFailure {
      if project { return print(try Self.projectList(in: directory), terminator: "") }
      let lists = try VocabularyCommand.lists()
      let paths = if let list { [try lists.path(of: list)] } else { lists.paths }
      var seen: Set<Term> = []
      for path in paths {
        let terms = try lists.list(path).terms.filter { seen.insert($0).inserted }
        print(VocabularyList.text(of: terms), terminator: "")
      }
    }
  }

  /// The terms of a project's list, as a list.
  private static func projectList(in directory: String?) throws -> String {
    let directory = workingDirectory(directory)
    let vocabulary = try vocabularyInForce(directory: directory)
    if let problem = vocabulary.problems.first(where: { $0.severity == .error }) { throw problem }
    guard
      let list = zip(vocabulary.sources, vocabulary.lists).first(where: { source, _ in
        source.origin == .project
      })
    else {
      throw Failure(
        "\(directory): no list of a project here or above",
        hint: "a project's list is the file .utter-vocabulary", code: .noInput)
    }
    return VocabularyList.text(of: list.1.terms)
  }
}
