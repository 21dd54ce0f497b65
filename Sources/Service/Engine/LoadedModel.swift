internal import Checkpoint
internal import Dictation
internal import Recognition

/// A model in memory.
struct LoadedModel {
  let recognizer: Recognizer
  /// Computing time divided by the length of the audio.
  let rtf: Double
  private let checkpoint: Checkpoint

  /// Loads a model; takes seconds for a large one that is not in the page cache.
  ///
  /// - Throws: An error naming the model.
  init(_ configuration: Configuration.Model) throws(ServiceError) {
    do throws(CheckpointError) {
      checkpoint = try Checkpoint.open(ModelStore().resolve(configuration.name))
    } catch {
      throw ServiceError(error)
    }
    do throws(RecognitionError) {
      let model = try SpeechModel(
        checkpoint, precision: Precision(rawValue: configuration.precision),
        threads: configuration.threads)
      recognizer = try Recognizer(model, threads: configuration.threads)
      rtf = try recognizer.measureRTF()
    } catch {
      throw ServiceError(error)
    }
  }

  /// Fetches weights from the disk that memory pressure drove out, in the background.
  func prefetch() { checkpoint.prefetch() }
}
