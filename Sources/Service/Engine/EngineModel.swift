internal import Checkpoint
internal import Dictation
internal import Recognition
internal import Transcription

/// The daemon's model, with the recogniser of its engine.
struct EngineModel {
  let recognizer: Recognizer
  /// Computing time divided by the length of the audio.
  let rtf: Double
  private let loaded: LoadedModel

  /// Loads a model; takes seconds for a large one that is not in the page cache.
  ///
  /// - Parameters:
  ///   - configuration: Which one, and how it is to be used.
  ///   - advice: Knows the way out of errors.
  /// - Throws: An error naming the model.
  init(_ configuration: Configuration.Model, advice: Advice) throws(ServiceError) {
    do {
      loaded = try LoadedModel(
        configuration.name, precision: configuration.precision,
        threads: configuration.threads)
      recognizer = try Recognizer(loaded.speech, threads: configuration.threads)
      rtf = try recognizer.measureRTF()
    } catch {
      throw ServiceError(error, advice: advice)
    }
  }

  /// Fetches weights from the disk that memory pressure drove out, in the background.
  func prefetch() { loaded.checkpoint.prefetch() }
}
