internal import Checkpoint
internal import Dictation
internal import Models
internal import Recognition

/// A model in memory.
struct LoadedModel {
  let recognizer: Recognizer
  /// Computing time divided by the length of the audio.
  let rtf: Double
  private let checkpoint: Checkpoint

  /// Loads a model; takes seconds for a large one that is not in the page cache.
  ///
  /// - Parameters:
  ///   - configuration: Which one, and how it is to be used.
  ///   - advice: Knows the way out of errors.
  /// - Throws: An error naming the model.
  init(_ configuration: Configuration.Model, advice: Advice) throws(ServiceError) {
    do {
      checkpoint = try ModelStore().open(configuration.name)
      let model = try SpeechModel(
        checkpoint, precision: Precision(rawValue: configuration.precision),
        threads: configuration.threads)
      recognizer = try Recognizer(model, threads: configuration.threads)
      rtf = try recognizer.measureRTF()
    } catch {
      throw ServiceError(error, advice: advice)
    }
  }

  /// Fetches weights from the disk that memory pressure drove out, in the background.
  func prefetch() { checkpoint.prefetch() }
}
