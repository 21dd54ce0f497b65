internal import ArgumentParser
import Foundation
import Models
import System

/// `utter model install`: a model of the catalogue, fetched and imported.
struct ModelInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Fetch a model and import it.",
    discussion: """
      `utter model list --available` shows what can be installed by name; of any other repository \
      of Hugging Face's, OWNER/NAME, the file NAME.nemo is taken. What its own programs have \
      fetched already is used in place. curl fetches the rest, over https, and goes on where an \
      earlier attempt has ended. HF_ENDPOINT names another hub, HF_TOKEN says who asks, \
      HF_HUB_OFFLINE=1 forbids to ask. What comes is compared with the SHA-256 that is published \
      or that the hub states.
      """)

  @Argument(
    help: "A model of the catalogue, or OWNER/NAME of a hub.",
    completion: .list((try? Catalogue.builtIn().entries.map(\.name)) ?? []))
  var model: String

  @Option(help: "Name of the model. (default: its own)")
  var name: String?

  @Option(
    help: "How weight matrices are stored: float32, float16, int8, or auto: int8 where faster.")
  var precision = StoredPrecision.automatic

  @Flag(help: "Replace a model of the same name.")
  var force = false

  @Flag(help: "Keep the file that was fetched.")
  var keep = false

  @Flag(help: "Print the new model as JSON.")
  var json = false

  func run() throws {
    try reportingFailure {
      let install = try ModelInstall(model, in: .builtIn())
      var options = ModelInstall.Options()
      options.name = name
      options.format = precision.format
      (options.overwrite, options.keeps) = (force, keep)
      let progress = InstallProgress()
      let signals = try Interruption.awaited()
      defer { withExtendedLifetime(signals) { progress.clear() } }
      let outcome = try install.run(
        in: ModelStore(), options: options, report: { progress.show($0) },
        isCancelled: { Interruption.hasCome })
      progress.clear()
      print(try json ? Row(outcome).json() : Row(outcome).line)
    }
  }

  /// The new model as it is printed.
  private struct Row: Encodable {
    let name: String
    let path: String
    let parameters: Int?
    let precision: String?
    let bytes: Int?
    /// Bytes that came over the network now.
    let fetched: Int
    /// Bytes that had come before.
    let resumed: Int
    /// The file that was imported, where it is still there.
    let source: String?

    init(_ outcome: ModelInstall.Outcome) {
      let model = ModelRow(outcome.model)
      (name, path, parameters) = (model.name, model.path, model.parameters)
      (precision, bytes) = (model.precision, model.bytes)
      (fetched, resumed, source) = (outcome.fetched, outcome.resumed, outcome.kept)
    }

    var line: String { "\(name)\t\(path.printable)" }
  }
}
