internal import Kernels

/// A linear layer y = x · weightsᵀ + bias; a pointwise convolution is one too.
struct Linear {
  /// Shape `[out, in]`.
  let weights: Weights
  /// Shape `[out]`.
  let bias: UnsafePointer<Float>?

  var outputs: Int { weights.outputs }
  var inputs: Int { weights.inputs }

  /// Computes all of y together.
  ///
  /// - Parameters:
  ///   - x: `[T, in]`
  ///   - y: `[T, out]`
  ///   - member: The calling member of the team.
  ///   - members: Members of the team.
  ///   - end: What becomes of the sums.
  func apply(
    _ x: Operand, into y: Matrix, _ member: Member, members: Int,
    then end: ProductEnd = .replace(.none)
  ) {
    let tiling = weights.tiling(rows: y.rows, members: members)
    member.tiles(tiling.count) { tile in
      let (rows, outputs) = tiling[tile]
      compute(
        x, into: y.rows(rows).columns(outputs), rows: rows, outputs: outputs, member, then: end)
    }
  }

  /// Computes some rows and outputs on the calling thread.
  ///
  /// Both begin where a tile of the weights' tiling does.
  ///
  /// - Parameters:
  ///   - x: `[T, in]`
  ///   - y: Those rows and outputs of the product.
  ///   - rows: The rows of `x`.
  ///   - outputs: The outputs.
  ///   - member: The calling member of a team.
  ///   - end: What becomes of the sums.
  func compute(
    _ x: Operand, into y: Matrix, rows: Range<Int>, outputs: Range<Int>, _ member: Member,
    then end: ProductEnd = .replace(.none)
  ) {
    switch weights {
    case .float(let weights):
      multiply(
        x.floats.rows(rows).view, weights.rows(outputs),
        bias: bias.map { $0 + outputs.lowerBound }, into: y, member, end)
    case .int8(let weights):
      if let quantized = x.quantized {
        multiply(quantized, weights, into: y, rows: rows, outputs: outputs, member, end)
      } else {
        // Nobody made room for integers: each row is rounded by itself, as often as it is read.
        for row in rows {
          Kernels.multiply(
            weights.rows(outputs), x.floats[row], bias: bias.map { $0 + outputs.lowerBound },
            into: y[row - rows.lowerBound], then: end)
        }
      }
    }
  }

  private func multiply(
    _ x: MatrixView, _ weights: MatrixView, bias: UnsafePointer<Float>?, into y: Matrix,
    _ member: Member, _ end: ProductEnd
  ) {
    switch end {
    case .replace(let activation):
      Kernels.multiply(x, transposed: weights, into: y, member)
      if bias != nil || activation != .none { y.apply(bias: bias, activation) }
    case .add(let scale):
      Kernels.multiply(x, transposed: weights, into: y, alpha: scale, beta: 1, member)
      if let bias { y.apply(bias: bias, scale: scale) }
    }
  }

  private func multiply(
    _ x: QuantizedRows, _ weights: PackedWeights, into y: Matrix, rows: Range<Int>,
    outputs: Range<Int>, _ member: Member, _ end: ProductEnd
  ) {
    let tiles = Tiling(
      rows: rows.count, columns: outputs.count, rowGrain: QuantizedRows.productRows,
      columnGrain: QuantizedRows.productColumns)
    for tile in 0..<tiles.count {
      let part = tiles[tile]
      Kernels.multiply(
        x, weights, bias: bias, into: y.rows(part.rows).columns(part.columns),
        rows: part.rows.shifted(by: rows.lowerBound),
        columns: part.columns.shifted(by: outputs.lowerBound), end, member)
    }
  }

  /// Computes y = weights · x + bias for one vector on the calling thread.
  ///
  /// - Parameters:
  ///   - x: `[in]`
  ///   - y: `[out]`
  ///   - accumulate: Whether to add to what is in `y`.
  func apply(
    vector x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, accumulate: Bool = false
  ) {
    switch weights {
    case .float(let weights):
      Kernels.multiply(weights, x, bias: bias, into: y, accumulate: accumulate)
    case .int8(let weights):
      Kernels.multiply(
        weights, x, bias: bias, into: y,
        then: accumulate ? .add(scale: 1) : .replace(.none))
    }
  }
}

extension Range<Int> {
  /// The range that begins so much later.
  package func shifted(by count: Int) -> Range<Int> {
    lowerBound + count..<upperBound + count
  }
}
