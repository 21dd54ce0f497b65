internal import ArgumentParser
import Checkpoint
import Foundation
import Models
import Recognition
import Synchronization
import System

/// `utter model import`: a `.nemo` file, or the folder that one was unpacked in, becomes a model.
struct ModelImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import a .nemo file.",
    discussion: """
      The file stays as it is. An interrupted import leaves nothing behind. The folder that a \
      .nemo file was unpacked in can be imported too. Every weight is looked at: a model with \
      infinities, or values that are no numbers, is refused.
      """)

  @Argument(
    help: "The .nemo file, or the folder that it was unpacked in.",
    completion: .file(extensions: ["nemo"]))
  var file: String

  @Option(help: "Name of the model. (default: the file's name)")
  var name: String?

  @Option(help: "How weight matrices are stored: float32, float16 or int8.")
  var precision = Precision.float32

  @Flag(help: "Replace a model of the same name.")
  var force = false

  @Flag(help: "Print the new model as JSON.")
  var json = false

  func run() throws {
    try reportingFailure {
      let progress = ProgressBar("Importing")
      // Ctrl-C, as a request instead of the end.
      let signals = try SignalHandler([SIGINT, SIGTERM]) { _ in
        isInterrupted.store(true, ordering: .relaxed)
      }
      defer { withExtendedLifetime(signals) { progress.clear() } }
      let model = try ModelStore().importModel(
        from: file, name: name, format: WeightFormat(precision, rounding: Int8Policy.rounds),
        overwrite: force, progress: { progress.show($0) },
        isCancelled: { isInterrupted.load(ordering: .relaxed) })
      progress.clear()
      print(try json ? ModelRow(model).json() : "\(model.name)\t\(model.path.printable)")
    }
  }
}

/// Whether the user asked for an end.
private let isInterrupted = Atomic(false)
