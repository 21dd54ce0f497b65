import ArgumentParser

/// `utter model`: the models on this machine.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Install, import, list, verify and remove models.",
    subcommands: [
      ModelInstallCommand.self, ModelImportCommand.self, ModelListCommand.self,
      ModelVerifyCommand.self,
      ModelRemoveCommand.self,
    ])
}
