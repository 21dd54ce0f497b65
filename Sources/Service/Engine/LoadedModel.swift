internal import Checkpoint
internal import Recognition

/// A model in memory.
struct LoadedModel {
  let recognizer: Recognizer
  private let checkpoint: Checkpoint

  /// Loads a model; takes seconds for a large one that is not in the page cache.
  ///
  /// - Throws: A complaint naming the model.
  init(_ configuration: Configuration.Model) throws(Complaint) {
    do throws(CheckpointError) {
      checkpoint = try Checkpoint.open(ModelStore().resolve(configuration.name))
    } catch {
      throw Complaint(error)
    }
    do throws(RecognitionError) {
      recognizer = try Recognizer(checkpoint: checkpoint, threads: configuration.threads)
    } catch {
      throw Complaint(error)
    }
  }

  /// Fetches weights from the disk that memory pressure drove out, in the background.
  func prefetch() { checkpoint.prefetch() }
}
