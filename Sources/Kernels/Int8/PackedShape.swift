internal import CKernels

/// Extents of a matrix whose int8 weights are packed for products.
///
/// The value of output o and input i stands at `[o / 16, i / 4, o % 16, i % 4]` of
/// `[panels, quads, 16, 4]`: a panel holds 16 outputs, a quad four of their inputs. What pads the
/// last panel and the last quad is 0.
package struct PackedShape: Sendable, Equatable {
  /// Outputs, at least one.
  package let rows: Int
  /// Inputs, at least one.
  package let columns: Int

  /// Outputs of a panel; ranges of outputs start at multiples of it.
  package static let panelRows = Int(CK_PANEL)
  /// Inputs of a quad.
  package static let quadColumns = 4
  /// Most inputs of a matrix for products: the sums over more could leave their 32 bits.
  package static let columnLimit = Int(CK_INT8_INNER_MAX)

  /// Extents of a matrix that is not empty.
  package init(rows: Int, columns: Int) {
    precondition(rows > 0 && columns > 0)
    (self.rows, self.columns) = (rows, columns)
  }

  /// Takes a tensor for a matrix: its first dimension is outputs, all others together are inputs.
  ///
  /// nil for a tensor that is no matrix, is empty, or has too many inputs for products.
  ///
  /// - Parameter shape: Extent of each dimension; their product is in range.
  package init?(_ shape: [Int]) {
    let columns = shape.dropFirst().reduce(1, *)
    guard shape.count > 1, shape[0] > 0, (1...Self.columnLimit).contains(columns) else {
      return nil
    }
    self.init(rows: shape[0], columns: columns)
  }

  /// Groups of 16 outputs, the last one padded.
  package var panels: Int { (rows + Self.panelRows - 1) / Self.panelRows }
  /// Groups of four inputs, the last one padded.
  package var quads: Int { (columns + Self.quadColumns - 1) / Self.quadColumns }

  /// Bytes of a panel's weights; a multiple of 64.
  package var panelBytes: Int { quads * Self.panelRows * Self.quadColumns }
  /// Bytes of all weights.
  package var valueBytes: Int { panels * panelBytes }
  /// Scales of all outputs, padding included.
  package var scales: Int { panels * Self.panelRows }
  /// Bytes of weights and scales.
  package var byteCount: Int { valueBytes + scales * MemoryLayout<Float>.size }
  /// Shape of the weights where they are stored.
  package var dimensions: [Int] { [panels, quads, Self.panelRows, Self.quadColumns] }
}
