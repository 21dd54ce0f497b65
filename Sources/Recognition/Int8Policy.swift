package import Checkpoint
internal import Kernels

/// Which matrices of a model are rounded to int8, where that is its precision.
package enum Int8Policy {
  /// Whether a tensor is rounded; all others stay float.
  ///
  /// All matrices that inputs are multiplied with are, but for those of subsampling, whose rounding
  /// every layer would inherit and which made up most of the encoder's deviation, and those of the
  /// joint network and of CTC's scores: near ties, their rounding changes more words than that of
  /// all others together. Depthwise convolutions are no matrices, and of the embedding single rows
  /// are read.
  package static func rounds(_ tensor: TensorSpecification) -> Bool {
    let (name, shape) = (tensor.name, tensor.shape)
    return shape.count > 1 && shape[1] > 1 && PackedShape(shape) != nil
      && name.split(separator: ".").last?.hasPrefix("weight") == true
      && name != "decoder.prediction.embed.weight" && !name.hasPrefix("joint.")
      && !name.contains("decoder_layers.") && !name.hasPrefix("encoder.pre_encode.")
  }
}
