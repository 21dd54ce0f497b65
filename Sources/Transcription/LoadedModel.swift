package import Checkpoint
package import Models
package import Recognition

/// A model in memory, found by what the user calls it.
///
/// This is the way from a name to something that recognises, for every command, the daemon and
/// other programs.
package struct LoadedModel: Sendable {
  /// What it was asked for by: a name, a folder, or a `.nemo` file.
  package let name: String
  /// What its file says of it, and where that lies.
  package let checkpoint: Checkpoint
  /// What recognises.
  package let speech: SpeechModel
  /// How long it took to load.
  package let loadSeconds: Double

  /// Loads a model; takes seconds for a large one that is not in the page cache.
  ///
  /// - Parameters:
  ///   - name: A name in a store, a model's folder, or a `.nemo` file.
  ///   - store: Where names are looked up.
  ///   - decoder: The head that tokens come from; nil for the transducer if there is one.
  ///   - precision: How weights are kept; nil for the quickest that the model has.
  ///   - threads: Threads that load; 0 for one on each physical core.
  /// - Throws: `ModelError` where there is no such model, `RecognitionError` where it cannot be
  ///   used.
  package init(
    _ name: String, in store: ModelStore = ModelStore(), decoder: DecoderChoice? = nil,
    precision: Precision? = nil, threads: Int = 0
  ) throws {
    let start = ContinuousClock.now
    self.name = name
    checkpoint = try store.open(name)
    speech = try SpeechModel(checkpoint, decoder: decoder, precision: precision, threads: threads)
    loadSeconds = start.duration(to: .now) / .seconds(1)
  }
}
