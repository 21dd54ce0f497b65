internal import ArgumentParser
package import Checkpoint
import Foundation
import Synchronization

/// `utter model import`: a `.nemo` file becomes a model.
struct ModelImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import a .nemo file.",
    discussion: "The file stays as it is. An interrupted import leaves nothing behind.")

  @Argument(help: "The .nemo file.", completion: .file(extensions: ["nemo"]))
  var file: String

  @Option(help: "Name of the model. (default: the file's name)")
  var name: String?

  @Option(help: "How weight matrices are stored: float32, float16 or int8.")
  var precision = ModelPrecision.float32

  @Flag(help: "Replace a model of the same name.")
  var force = false

  @Flag(help: "Print the new model as JSON.")
  var json = false

  func run() throws {
    try reportingFailure {
      let progress = ProgressBar("Importing")
      interruption.watch()
      defer { progress.clear() }
      let model = try ModelStore().importModel(
        from: file, name: name, precision: precision, overwrite: force,
        progress: { progress.show($0) }, isCancelled: { interruption.isRequested })
      progress.clear()
      print(try json ? ModelRow(model).json() : "\(model.name)\t\(model.path)")
    }
  }
}

extension ModelPrecision: ExpressibleByArgument {}

/// Ctrl-C, as a request instead of the end.
private struct Interruption: ~Copyable {
  private let requested = Atomic(false)

  var isRequested: Bool { requested.load(ordering: .relaxed) }

  func request() { requested.store(true, ordering: .relaxed) }

  /// Takes SIGINT and SIGTERM; touches the flag first, so that the handler finds it initialised.
  func watch() {
    requested.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] { signal(number) { _ in interruption.request() } }
  }
}

private let interruption = Interruption()
