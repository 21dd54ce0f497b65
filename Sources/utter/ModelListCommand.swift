import ArgumentParser
import Foundation
import Models

/// `utter model list`: the models that can be named.
struct ModelListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the models that can be used by name.")

  @Flag(help: "List those that `utter model install` knows.")
  var available = false

  @Flag(help: "Print a JSON array.")
  var json = false

  func run() throws {
    if available { return try listAvailable() }
    let rows = ModelStore().list().map(ModelRow.init)
    if json {
      print(try rows.json())
    } else {
      for row in rows { print(row.line) }
    }
  }

  private func listAvailable() throws {
    let installed = Set(ModelStore().list().map(\.name))
    let rows = try Catalogue.builtIn().entries.map {
      AvailableRow($0, isInstalled: installed.contains($0.name))
    }
    if json {
      print(try rows.json())
    } else {
      for row in rows { print(row.line) }
    }
  }

  /// A model of the catalogue as it is printed.
  private struct AvailableRow: Encodable {
    let name: String
    let repository: String
    let file: String
    let parameters: Int
    let bytes: Int
    let licence: String
    let languages: [String]
    let summary: String
    let sha256: String?
    let isInstalled: Bool

    init(_ entry: Catalogue.Entry, isInstalled: Bool) {
      (name, repository, file) = (entry.name, entry.source.repository, entry.source.file)
      (parameters, bytes, licence) = (entry.parameters, entry.size, entry.licence)
      (languages, summary) = (entry.languages, entry.summary)
      sha256 = entry.published?.sha256
      self.isInstalled = isInstalled
    }

    /// Columns separated by tabs.
    var line: String {
      let size = String(format: "%.1f GB", Double(bytes) / 1e9)
      let tongues =
        languages.count > 3 ? "\(languages.count) languages" : languages.joined(separator: " ")
      let mark = isInstalled ? "installed" : "-"
      return [name, mark, size, tongues, licence, summary].joined(separator: "\t")
    }
  }
}
