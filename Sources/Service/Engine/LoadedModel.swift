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
      recognizer = try Recognizer(
        checkpoint: checkpoint, threads: configuration.threads,
        precision: Precision(rawValue: configuration.precision))
      rtf = try recognizer.measureRTF()
    } catch {
      throw ServiceError(error)
    }
  }

  /// Fetches weights from the disk that memory pressure drove out, in the background.
  func prefetch() { checkpoint.prefetch() }
}
