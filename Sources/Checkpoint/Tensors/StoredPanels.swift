package import Kernels

/// A stored matrix, rounded to int8 a few panels at a time.
package struct StoredPanels: Sendable {
  /// How the matrix is packed.
  package let shape: PackedShape
  private let tensor: StoredTensor

  /// Takes a tensor for a matrix.
  ///
  /// - Parameters:
  ///   - tensor: Numbers.
  ///   - shape: As many outputs as the tensor's first dimension has places, and as many values.
  package init(_ tensor: StoredTensor, as shape: PackedShape) {
    precondition(tensor.shape.first == shape.rows && tensor.count == shape.rows * shape.columns)
    (self.tensor, self.shape) = (tensor, shape)
  }

  /// Panels whose source is worth giving back to the system at once.
  package var stride: Int {
    max(1, (1 << 20) / (PackedShape.panelRows * shape.columns * tensor.element.size))
  }

  /// Packs some panels and gives the pages of their source back.
  ///
  /// - Parameters:
  ///   - panels: Which ones.
  ///   - values: Takes their weights, from the first one's on.
  ///   - scales: Takes their scales, from the first one's on.
  /// - Throws: `CheckpointError.malformed` for values that cannot be weights.
  package func pack(
    _ panels: Range<Int>, values: UnsafeMutablePointer<Int8>, scales: UnsafeMutablePointer<Float>
  ) throws(CheckpointError) {
    let rows = panels.lowerBound * PackedShape.panelRows
    let end = min(shape.rows, panels.upperBound * PackedShape.panelRows)
    let scratch = UnsafeMutableBufferPointer<Float>.allocate(
      capacity: tensor.floatsInPlace == nil ? PackedShape.panelRows * shape.columns : 0)
    defer { scratch.deallocate() }
    let quantiser = PanelQuantiser(shape)
    for panel in 0..<panels.count {
      let first = rows + panel * PackedShape.panelRows
      let inside = first..<min(end, first + PackedShape.panelRows)
      let weights = MatrixView(
        try tensor.floats(rows: inside, scratch: scratch), rows: inside.count,
        columns: shape.columns)
      let isFinite = quantiser.pack(
        weights, values: values + panel * shape.panelBytes,
        scales: scales + panel * PackedShape.panelRows)
      guard isFinite else {
        throw .notFinite(path: tensor.location.file.path, name: tensor.name)
      }
    }
    tensor.giveBack(rows: rows..<end)
  }
}
