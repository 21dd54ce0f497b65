import ArgumentParser
import Models

/// `utter model remove`: an imported model goes away.
struct ModelRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove an imported model.")

  @Argument(help: "Name of the model, as `utter model list` shows it.")
  var name: String

  func run() throws {
    try reportingFailure { try ModelStore().remove(name) }
  }
}
