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
      compute(x, into: y, rows: rows, outputs: outputs, member, then: end)
    }
  }

  /// Computes some rows and outputs of y on the calling thread, both from where a tile of the
  /// weights' tiling starts.
  func compute(
    _ x: Operand, into y: Matrix, rows: Range<Int>, outputs: Range<Int>, _ member: Member,
    then end: ProductEnd = .replace(.none)
  ) {
    switch (weights, x.quantized) {
    case (.int8(let weights), let quantized?):
      let tiles = Tiling(
        rows: rows.count, columns: outputs.count, rowGrain: QuantizedRows.productRows,
        columnGrain: QuantizedRows.productColumns)
      for tile in 0..<tiles.count {
        let (tileRows, tileOutputs) = tiles[tile]
        multiply(
          quantized, weights, bias: bias, into: y,
          rows: tileRows.lowerBound + rows.lowerBound..<tileRows.upperBound + rows.lowerBound,
          columns: tileOutputs.lowerBound + outputs.lowerBound..<tileOutputs.upperBound
            + outputs.lowerBound, end, member)
      }
    case (.float(let weights), _):
      let part = y.rows(rows).columns(outputs)
      let input = x.floats.rows(rows).view
      let bias = bias.map { $0 + outputs.lowerBound }
      switch end {
      case .replace(let activation):
        multiply(input, transposed: weights.rows(outputs), into: part, member)
        if bias != nil || activation != .none { part.apply(bias: bias, activation) }
      case .add(let scale):
        multiply(
          input, transposed: weights.rows(outputs), into: part, alpha: scale, beta: 1, member)
        if let bias { part.apply(bias: bias, scale: scale) }
      }
    case (.int8, nil): assertionFailure("int8 weights need quantised rows")
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
    case .float(let weights): multiply(weights, x, bias: bias, into: y, accumulate: accumulate)
    case .int8(let weights): multiply(weights, x, bias: bias, into: y, accumulate: accumulate)
    }
  }
}

/// Scale and shift of a layer normalisation.
struct LayerNorm {
  /// Shape `[d]`.
  let gamma: UnsafePointer<Float>
  /// Shape `[d]`.
  let beta: UnsafePointer<Float>

  /// Normalises x into y on the calling thread.
  func apply(_ x: MatrixView, into y: Matrix) {
    layerNorm(x, gamma: gamma, beta: beta, into: y)
  }
}
