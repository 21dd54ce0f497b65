import System
import Transcription

/// A model that is loaded when it is needed, and stays until it is dropped.
final class KeptModel: Sendable {
  private let load: @Sendable () throws -> LoadedModel
  private let model = Monitor<LoadedModel?>(nil)

  /// Loads nothing yet.
  init(_ load: @escaping @Sendable () throws -> LoadedModel) { self.load = load }

  /// Whether it is in memory.
  var isLoaded: Bool { model.withLock { $0 != nil } }

  /// The model, which whoever needs it first loads.
  ///
  /// - Throws: What loading throws.
  func get() throws -> LoadedModel {
    try model.withLock { model in
      if let model { return model }
      let loaded = try load()
      model = loaded
      return loaded
    }
  }

  /// Gives its memory back.
  func drop() { model.withLock { $0 = nil } }
}
