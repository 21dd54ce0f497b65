import ArgumentParser
import Models

/// `utter model list`: the models that can be named.
struct ModelListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the models that can be used by name.")

  @Flag(help: "Print a JSON array.")
  var json = false

  func run() throws {
    let rows = ModelStore().list().map(ModelRow.init)
    if json {
      print(try rows.json())
    } else {
      for row in rows { print(row.line) }
    }
  }
}
