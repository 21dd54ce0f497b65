/// Int8 weights with a scale for each output, in memory that somebody else keeps alive.
///
/// The weight of output o and input i is `scales[o]` times the value that stands where
/// `PackedShape` says.
package struct PackedWeights: @unchecked Sendable {
  /// Outputs, inputs and the extents that follow from them.
  package let shape: PackedShape
  /// Weights −127…127, `[panels, quads, 16, 4]`.
  package let values: UnsafePointer<Int8>
  /// What the integers of an output are worth, `[panels · 16]`; finite and not negative.
  package let scales: UnsafePointer<Float>

  /// Outputs.
  package var rows: Int { shape.rows }
  /// Inputs, at most `PackedShape.columnLimit`.
  package var columns: Int { shape.columns }

  /// Describes weights in memory.
  package init(
    _ shape: PackedShape, values: UnsafePointer<Int8>, scales: UnsafePointer<Float>
  ) {
    assert(shape.columns <= PackedShape.columnLimit)
    (self.shape, self.values, self.scales) = (shape, values, scales)
  }

  /// Some of the outputs, from a multiple of `PackedShape.panelRows` on.
  package func rows(_ range: Range<Int>) -> PackedWeights {
    assert(range.lowerBound % PackedShape.panelRows == 0)
    let panel = range.lowerBound / PackedShape.panelRows
    return PackedWeights(
      PackedShape(rows: range.count, columns: columns), values: values + panel * shape.panelBytes,
      scales: scales + range.lowerBound)
  }
}
