/// Rounds rows of floats to int8, a panel at a time.
///
/// A row's scale is its largest magnitude / 127, a value is w · (127 / largest) rounded to the
/// nearest integer, ties to even, in float32.
package struct PanelQuantiser: ~Copyable {
  private let quads: Int
  /// A row's integers; what pads its last quad stays 0.
  private let line: UnsafeMutablePointer<Int8>

  /// Prepares for the rows of a matrix.
  package init(_ shape: PackedShape) {
    quads = shape.quads
    line = .allocate(capacity: quads * PackedShape.quadColumns)
    line.initialize(repeating: 0, count: quads * PackedShape.quadColumns)
  }

  deinit { line.deallocate() }

  /// Packs one panel.
  ///
  /// - Parameters:
  ///   - rows: The weights of its outputs: 16, or fewer in a matrix's last panel.
  ///   - values: Takes the integers, `[quads, 16, 4]`.
  ///   - scales: Takes what they are worth, `[16]`.
  /// - Returns: Whether all weights are finite; if not, the panel is not complete.
  package func pack(
    _ rows: MatrixView, values: UnsafeMutablePointer<Int8>, scales: UnsafeMutablePointer<Float>
  ) -> Bool {
    let words = UnsafeRawPointer(line)
    let target = UnsafeMutableRawPointer(values)
    for row in 0..<PackedShape.panelRows {
      if row < rows.rows {
        guard let scale = quantise(rows[row], rows.columns, into: line) else { return false }
        scales[row] = scale
      } else {
        scales[row] = 0
        line.update(repeating: 0, count: quads &* 4)
      }
      var quad = 0
      while quad < quads {
        let word = words.loadUnaligned(fromByteOffset: quad &* 4, as: UInt32.self)
        target.storeBytes(of: word, toByteOffset: (quad &* 16 &+ row) &* 4, as: UInt32.self)
        quad &+= 1
      }
    }
    return true
  }
}

/// Rounds a row to int8.
///
/// - Returns: The row's scale, nil for values that are not finite.
private func quantise(
  _ row: UnsafePointer<Float>, _ count: Int, into target: UnsafeMutablePointer<Int8>
) -> Float? {
  // As bits, magnitudes have the order of their values, with infinity and NaN above all others.
  var bits: Int32 = 0
  var index = 0
  while index < count {
    bits = max(bits, Int32(bitPattern: row[index].bitPattern & 0x7fff_ffff))
    index &+= 1
  }
  let largest = Float(bitPattern: UInt32(bitPattern: bits))
  guard largest.isFinite else { return nil }
  // Rows so small count as zeros: 127 / largest could overflow, and a thread that flushes
  // subnormals to zero would come to other values.
  guard largest >= 0x1p-100 else {
    target.update(repeating: 0, count: count)
    return 0
  }
  let factor = 127 / largest
  index = 0
  while index < count {
    // Adding 1.5 · 2²³ leaves the integer, rounded by the adder, in the lowest bits. It is within
    // ±127: what the quotient and the product are rounded up by is far from half of one.
    let sum = row[index] * factor + 12_582_912
    target[index] = Int8(truncatingIfNeeded: sum.bitPattern)
    index &+= 1
  }
  return largest / 127
}
