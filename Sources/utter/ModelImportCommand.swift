internal import ArgumentParser
import Checkpoint
import Foundation
import Models
import System

/// `utter model import`: a model that somebody has becomes one of Utter's.
struct ModelImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import a model that you have.",
    discussion: """
      What it is is seen by its contents: a .nemo file or the folder that one was unpacked in, a \
      folder of Hugging Face's transformers (ParakeetForCTC, ForRNNT, ForTDT), or one for MLX with \
      NeMo's configuration. It stays as it is. An interrupted import leaves nothing behind. Every \
      weight is looked at: a model with infinities, or values that are no numbers, is refused. \
      --from-hf-cache and --from-handy look where these programs keep models, and import those \
      that can be.
      """)

  @Argument(
    help: "The .nemo file, or the folder.", completion: .file(extensions: ["nemo"]))
  var file: String?

  @Flag(help: "Import what Hugging Face's programs have fetched.")
  var fromHFCache = false

  @Flag(help: "Import what Handy has fetched.")
  var fromHandy = false

  @Option(help: "Name of the model. (default: the file's name)")
  var name: String?

  @Option(
    help: "How weight matrices are stored: float32, float16, int8, or auto: int8 where faster.")
  var precision = StoredPrecision(.float32)

  @Flag(help: "Replace a model of the same name.")
  var force = false

  @Flag(help: "Print the new model as JSON.")
  var json = false

  func validate() throws {
    let sources = (file == nil ? 0 : 1) + (fromHFCache ? 1 : 0) + (fromHandy ? 1 : 0)
    guard sources == 1 else {
      throw ValidationError("Name a file or a folder, or give --from-hf-cache or --from-handy.")
    }
    guard name == nil || file != nil else {
      throw ValidationError("--name is for one model.")
    }
  }

  func run() throws {
    try reportingFailure {
      let progress = ProgressBar("Importing")
      let signals = try Interruption.awaited()
      defer { withExtendedLifetime(signals) { progress.clear() } }
      if let file {
        try show(importModel(file, name: name, progress))
      } else {
        try importAll(progress)
      }
    }
  }

  private func importModel(
    _ path: String, name: String?, _ progress: ProgressBar
  ) throws -> ModelStore.Model {
    defer { progress.clear() }
    return try ModelStore().importModel(
      from: path, name: name, format: precision.format, overwrite: force,
      progress: { progress.show($0) }, isCancelled: { Interruption.hasCome })
  }

  private func show(_ model: ModelStore.Model) throws {
    print(try json ? ModelRow(model).json() : "\(model.name)\t\(model.path.printable)")
  }

  /// Imports what another program has, model by model; each that cannot be is told with its reason.
  private func importAll(_ progress: ProgressBar) throws {
    let found = fromHandy ? FoundModel.ofHandy() : HubCache().models()
    guard !found.isEmpty else {
      throw Failure(
        "\(fromHandy ? "Handy" : "Hugging Face"): has no model on this machine",
        hint: "`utter model install NAME` fetches one", code: .noInput)
    }
    var count = 0
    for model in found {
      do {
        try show(importModel(model.path, name: model.name, progress))
        count += 1
      } catch ModelError.cancelled {
        throw ModelError.cancelled
      } catch ModelError.alreadyExists {
        tell("\(model.name): is there already")
      } catch {
        let failure = Failure(any: error)
        tell(failure.message, hint: Self.instead(of: model) ?? failure.hint)
      }
    }
    if count < found.count { throw ExitCode.someFailed }
  }

  /// What to install in the place of a model whose format is not read here.
  private static func instead(of model: FoundModel) -> String? {
    let entries = (try? Catalogue.builtIn().entries) ?? []
    let entry = entries.first { model.name.lowercased().contains($0.name.lowercased()) }
    return entry.map { "`utter model install \($0.name)` fetches the same model as NVIDIA has it" }
  }
}
