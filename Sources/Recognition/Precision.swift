package import Checkpoint
internal import Kernels

/// How the matrices that activations are multiplied with are kept.
package enum Precision: String, Sendable, CaseIterable {
  /// Floats as the model stores them: the reference.
  case float32
  /// Eight bits and a scale for each output: a quarter of the memory.
  case int8

  /// The precision in which a model runs fastest on this processor.
  ///
  /// Models that store int8 weights have no other. Without instructions for integers, floats are
  /// as fast.
  package static func quickest(for checkpoint: Checkpoint) -> Precision {
    checkpoint.storedElement == "int8" || instructionSet != "generic" ? .int8 : .float32
  }
}
