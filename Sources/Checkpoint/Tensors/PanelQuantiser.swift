/// Rounds the rows of a stored matrix to int8, a panel at a time.
///
/// A row's scale is its largest magnitude / 127, a value is w · (127 / largest) rounded to the
/// nearest integer, ties to even, in float32.
struct PanelQuantiser: Sendable {
  let tensor: StoredTensor
  let shape: PackedShape

  /// Takes the first dimension for outputs, all others together for inputs.
  ///
  /// - Parameter tensor: A tensor that is not empty.
  init(_ tensor: StoredTensor) {
    precondition(tensor.count > 0 && !tensor.shape.isEmpty)
    self.tensor = tensor
    shape = PackedShape(rows: tensor.shape[0], columns: tensor.shape.dropFirst().reduce(1, *))
  }

  /// Panels whose source is worth giving back to the system at once.
  var stride: Int {
    max(1, (1 << 20) / (PackedShape.panelRows * shape.columns * tensor.element.size))
  }

  /// Packs some panels and gives the pages of their source back.
  ///
  /// - Parameters:
  ///   - panels: Which ones.
  ///   - values: Takes their weights, from the first one's on.
  ///   - scales: Takes their scales, from the first one's on.
  /// - Throws: `CheckpointError.malformed` for values that cannot be weights.
  func pack(
    _ panels: Range<Int>, values: UnsafeMutablePointer<Int8>, scales: UnsafeMutablePointer<Float>
  ) throws(CheckpointError) {
    let rows = panels.lowerBound * PackedShape.panelRows
    let end = min(shape.rows, panels.upperBound * PackedShape.panelRows)
    let scratch = UnsafeMutableBufferPointer<Float>.allocate(
      capacity: tensor.floatsInPlace == nil ? PackedShape.panelRows * shape.columns : 0)
    // A row's values; what pads its last quad stays 0.
    let line = UnsafeMutableBufferPointer<Int8>.allocate(
      capacity: shape.quads * PackedShape.quadColumns)
    line.initialize(repeating: 0)
    defer {
      scratch.deallocate()
      line.deallocate()
    }
    for panel in 0..<panels.count {
      let first = rows + panel * PackedShape.panelRows
      let inside = first..<min(end, first + PackedShape.panelRows)
      try pack(
        inside, try tensor.floats(rows: inside, scratch: scratch), line,
        values: UnsafeMutableRawPointer(values + panel * shape.panelBytes),
        scales: scales + panel * PackedShape.panelRows)
    }
    tensor.giveBack(rows: rows..<end)
  }

  /// Packs one panel.
  private func pack(
    _ rows: Range<Int>, _ source: UnsafePointer<Float>, _ line: UnsafeMutableBufferPointer<Int8>,
    values: UnsafeMutableRawPointer, scales: UnsafeMutablePointer<Float>
  ) throws(CheckpointError) {
    guard let bytes = line.baseAddress else { return }
    for row in 0..<PackedShape.panelRows {
      if row < rows.count {
        guard let scale = quantise(source + row * shape.columns, shape.columns, into: bytes) else {
          throw tensor.location.malformed("tensor \(tensor.name) holds values that are not finite")
        }
        scales[row] = scale
      } else {
        scales[row] = 0
        line.update(repeating: 0)
      }
      let words = UnsafeRawPointer(bytes)
      var quad = 0
      while quad < shape.quads {
        let word = words.loadUnaligned(fromByteOffset: quad &* 4, as: UInt32.self)
        values.storeBytes(of: word, toByteOffset: (quad &* 16 &+ row) &* 4, as: UInt32.self)
        quad &+= 1
      }
    }
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
