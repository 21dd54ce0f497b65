internal import CKernels

/// Rows of activations as integers of 12 bits with a scale for each row.
///
/// How they lie depends on the instruction set in use.
package struct QuantizedRows {
  let values: UnsafeMutablePointer<Int16>
  let scales: UnsafeMutablePointer<Float>
  /// Rows.
  package let rows: Int
  /// Values in a row.
  package let columns: Int
  /// Floats of the memory.
  private let capacity: Int

  /// Ranges of rows to quantise start at multiples of this, which depends on the instruction set in
  /// use; a divisor of `productRows`.
  package static var block: Int { ck_int8_block() }
  /// Rows that one call of `multiply` computes at most.
  package static let productRows = Int(CK_INT8_ROWS)
  /// Columns that one call of `multiply` computes at most.
  package static let productColumns = Int(CK_INT8_COLUMNS)

  /// Floats that rows take, scales included.
  package static func floats(_ rows: Int, _ columns: Int) -> Int {
    let step = Int(CK_INT8_INNER_STEP)
    return room(rows) + room(rows) * ((columns + step - 1) / step * step) / 2
  }

  /// Rows that there is room for.
  private static func room(_ rows: Int) -> Int {
    let most = Int(CK_INT8_BLOCK)
    return (rows + most - 1) / most * most
  }

  /// Memory without rows yet.
  ///
  /// - Parameters:
  ///   - memory: Quickest where 64-byte aligned.
  ///   - capacity: How many floats there are.
  package init(_ memory: UnsafeMutablePointer<Float>, capacity: Int) {
    self.init(memory, capacity: capacity, rows: 0, columns: 0)
  }

  private init(
    _ memory: UnsafeMutablePointer<Float>, capacity: Int, rows: Int, columns: Int
  ) {
    assert(Self.floats(rows, columns) <= capacity)
    scales = memory
    let start = memory + Self.room(rows)
    values = UnsafeMutableRawPointer(start).assumingMemoryBound(to: Int16.self)
    self.rows = rows
    self.columns = columns
    self.capacity = capacity
  }

  /// The same memory for rows of another shape.
  package func reshaped(rows: Int, columns: Int) -> QuantizedRows {
    QuantizedRows(scales, capacity: capacity, rows: rows, columns: columns)
  }

  /// Quantises x to some rows, from a multiple of `block` on, on the calling thread.
  package func fill(_ range: Range<Int>, from x: MatrixView, _ member: Member) {
    assert(range.lowerBound % Self.block == 0 && range.upperBound <= rows)
    assert(x.columns == columns && x.rows == range.count)
    member.timing(.packing) {
      ck_int8_quantize(
        x.values, x.stride, range.lowerBound, range.upperBound, columns, values, scales)
    }
  }
}

/// What becomes of a product's sums.
package enum ProductEnd {
  /// They replace what is there: activation(sum + bias).
  case replace(Activation)
  /// They are added to what is there: scale · (sum + bias).
  case add(scale: Float)
}

/// Computes some rows and columns of a product with int8 weights on the calling thread.
///
/// - Parameters:
///   - a: `[T, inner]`
///   - w: `[columns, inner]`
///   - bias: `[columns]`, or nil.
///   - y: Those rows and columns of the product.
///   - rows: At most `QuantizedRows.productRows`, from a multiple of `QuantizedRows.block` on.
///   - columns: At most `QuantizedRows.productColumns`, from a multiple of
///     `PackedShape.panelRows` on.
///   - end: What becomes of the sums.
///   - member: The calling thread's part in a team, which has the scratch.
package func multiply(
  _ a: QuantizedRows, _ w: PackedWeights, bias: UnsafePointer<Float>?, into y: Matrix,
  rows: Range<Int>, columns: Range<Int>, _ end: ProductEnd, _ member: Member
) {
  assert(a.columns == w.columns && y.rows == rows.count && y.columns == columns.count)
  assert(rows.lowerBound % QuantizedRows.block == 0)
  assert(columns.lowerBound % PackedShape.panelRows == 0)
  var product = ck_int8_product(w, bias: bias, into: y.values, stride: y.stride, end)
  product.activations = UnsafePointer(a.values)
  product.row_scales = UnsafePointer(a.scales)
  member.timing(.multiplying) {
    ck_int8_product(
      &product, rows.lowerBound, rows.upperBound, columns.lowerBound, columns.upperBound,
      member.scratch)
  }
}

/// Computes w · x + bias with int8 weights on the calling thread.
///
/// - Parameters:
///   - w: `[rows, columns]`
///   - x: `[columns]`
///   - bias: `[rows]`, or nil.
///   - y: `[rows]`
///   - end: What becomes of the sums.
package func multiply(
  _ w: PackedWeights, _ x: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
  into y: UnsafeMutablePointer<Float>, then end: ProductEnd = .replace(.none)
) {
  var product = ck_int8_product(w, bias: bias, into: y, stride: w.rows, end)
  ck_int8_vector(&product, x)
}

extension ck_int8_product {
  fileprivate init(
    _ w: PackedWeights, bias: UnsafePointer<Float>?, into y: UnsafeMutablePointer<Float>,
    stride: Int, _ end: ProductEnd
  ) {
    self.init()
    weights = w.values
    weight_scales = w.scales
    columns = w.rows
    inner = w.columns
    self.bias = bias
    self.y = y
    y_stride = stride
    switch end {
    case .replace(let activation): self.activation = activation.code
    case .add(let scale): (accumulate, self.scale, activation) = (true, scale, CK_NONE)
    }
  }
}
