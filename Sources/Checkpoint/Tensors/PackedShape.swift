/// Extents of a matrix whose int8 weights are packed for products.
///
/// The value of output o and input i stands at `[o / 16, i / 4, o % 16, i % 4]` of
/// `[panels, quads, 16, 4]`: a panel holds 16 outputs, a quad four of their inputs. What pads the
/// last panel and the last quad is 0.
package struct PackedShape: Sendable, Equatable {
  /// Outputs.
  package let rows: Int
  /// Inputs.
  package let columns: Int

  /// Outputs of a panel.
  package static let panelRows = 16
  /// Inputs of a quad.
  package static let quadColumns = 4
  /// More products of a weight and an activation could leave the 32 bits that they are summed in.
  static let columnLimit = 8192

  /// Groups of 16 outputs, the last one padded.
  package var panels: Int { (rows + Self.panelRows - 1) / Self.panelRows }
  /// Groups of four inputs, the last one padded.
  package var quads: Int { (columns + Self.quadColumns - 1) / Self.quadColumns }

  /// Bytes of a panel's weights; a multiple of 64.
  var panelBytes: Int { quads * Self.panelRows * Self.quadColumns }
  /// Bytes of all weights.
  var valueBytes: Int { panels * panelBytes }
  /// Scales of all outputs, padding included.
  var scales: Int { panels * Self.panelRows }
  /// Bytes of weights and scales.
  var byteCount: Int { valueBytes + scales * MemoryLayout<Float>.size }
  /// Shape of the weights where they are stored.
  var dimensions: [Int] { [panels, quads, Self.panelRows, Self.quadColumns] }
}

extension TensorSpecification {
  /// The shape to pack the tensor in, nil for one that stays float.
  ///
  /// All matrices that inputs are multiplied with are packed, but for those of subsampling, whose
  /// rounding every layer would inherit and which made up most of the encoder's deviation, and
  /// those of the joint network and of CTC's scores: near ties, their rounding changes more words
  /// than that of all others together. Depthwise convolutions are no matrices, and of the embedding
  /// single rows are read.
  package var packed: PackedShape? {
    guard shape.count > 1, shape[1] > 1, name != "decoder.prediction.embed.weight",
      !name.hasPrefix("joint."), !name.contains("decoder_layers."),
      !name.hasPrefix("encoder.pre_encode."),
      name.split(separator: ".").last?.hasPrefix("weight") == true
    else { return nil }
    let columns = shape.dropFirst().reduce(1, *)
    return columns <= PackedShape.columnLimit
      ? PackedShape(rows: shape[0], columns: columns) : nil
  }
}
