package import Checkpoint
internal import Kernels

extension Precision {
  /// The precision in which a model runs fastest on this processor.
  ///
  /// Models that store int8 weights have no other. Without instructions for integers, floats are
  /// as fast.
  package static func quickest(for checkpoint: Checkpoint) -> Precision {
    checkpoint.storedElement == .int8 ? .int8 : quickest
  }

  /// The precision in which models that have a choice run fastest on this processor.
  package static var quickest: Precision { instructionSet != "generic" ? .int8 : .float32 }
}
