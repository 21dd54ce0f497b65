import ArgumentParser

@main
struct Utter: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "utter", abstract: "Private dictation for Linux.",
    subcommands: [ModelCommand.self, BenchCommand.self])
}
