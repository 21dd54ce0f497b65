import ArgumentParser
import Models
import Recognition
import Transcription

/// Which model a command hears with, and how.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Model, by name or path (default: that of the configuration).", valueName: "model"))
  var model: String?

  @Option(help: "The model's head to use: tdt (any transducer) or ctc.")
  var decoder: DecoderChoice?

  @Option(help: "How weights are kept: float32, or int8, which is faster.")
  var precision: EnginePrecision?

  /// Loads the model; takes seconds for a large one.
  ///
  /// - Parameter threads: For packing weights; 0 means one for each physical core.
  /// - Returns: The model, ready.
  /// - Throws: What `LoadedModel` throws, and where the configuration cannot be read.
  func load(threads: Int = 0) throws -> LoadedModel {
    try LoadedModel(
      model ?? defaultModel(), decoder: decoder,
      precision: precision?.precision ?? defaultPrecision(), threads: threads)
  }
}
