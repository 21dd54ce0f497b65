import ArgumentParser

/// `utter model`: the models on this machine.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Import, list, verify and remove models.",
    subcommands: [
      ModelImportCommand.self, ModelListCommand.self, ModelVerifyCommand.self,
      ModelRemoveCommand.self,
    ])
}
