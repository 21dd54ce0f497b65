import ArgumentParser

/// `utter model`: the models on this machine.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Import, list and remove models.",
    subcommands: [ModelImportCommand.self, ModelListCommand.self, ModelRemoveCommand.self])
}
