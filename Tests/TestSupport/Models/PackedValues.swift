package import Checkpoint
package import Kernels

/// A packed matrix, copied.
package struct PackedValues: Equatable {
  /// `[panels, quads, 16, 4]`.
  package let values: [Int8]
  /// `[panels · 16]`.
  package let scales: [Float]

  /// Values from somewhere else.
  package init(values: [Int8], scales: [Float]) { (self.values, self.scales) = (values, scales) }

  /// The values of a complete matrix.
  package init(_ matrix: PackedMatrix) {
    let (weights, shape) = (matrix.weights, matrix.weights.shape)
    self = withExtendedLifetime(matrix) {
      PackedValues(
        values: Array(
          UnsafeBufferPointer(start: weights.values, count: shape.panels * shape.quads * 64)),
        scales: Array(UnsafeBufferPointer(start: weights.scales, count: shape.panels * 16)))
    }
  }

  /// A packing that one thread completes.
  package init(_ packing: Packing) throws {
    packing.fill(0..<packing.panels)
    try packing.check()
    self.init(packing.matrix)
  }

  /// The same by the definition: value (o, i) stands at `[o / 16, i / 4, o % 16, i % 4]`.
  package init(reference weights: [Float], rows: Int, columns: Int) {
    let (panels, quads) = ((rows + 15) / 16, (columns + 3) / 4)
    var values = [Int8](repeating: 0, count: panels * quads * 64)
    var scales = [Float](repeating: 0, count: panels * 16)
    for row in 0..<rows {
      let line = weights[row * columns..<(row + 1) * columns]
      let largest = line.map(abs).max() ?? 0
      if largest < 0x1p-100 { continue }
      scales[row] = largest / 127
      for (column, weight) in line.enumerated() {
        let rounded = (weight * (127 / largest)).rounded(.toNearestOrEven)
        values[((row / 16 * quads + column / 4) * 16 + row % 16) * 4 + column % 4] =
          Int8(max(-127, min(127, rounded)))
      }
    }
    self.init(values: values, scales: scales)
  }
}
