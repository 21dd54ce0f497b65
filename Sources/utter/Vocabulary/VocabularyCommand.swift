import ArgumentParser

/// `utter vocabulary`: terms that are written as they are spelled.
struct VocabularyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vocabulary", abstract: "Terms that are to be written as they are spelled.",
    subcommands: [VocabularyTestCommand.self])
}
