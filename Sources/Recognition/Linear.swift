internal import Kernels

/// A linear layer y = x · weightᵀ + bias; a pointwise convolution is one too.
struct Linear {
  /// Shape `[out, in]`.
  let weight: MatrixView
  /// Shape `[out]`.
  let bias: UnsafePointer<Float>?

  var outputs: Int { weight.rows }

  /// Computes some outputs of y = activation(x · weightᵀ + bias) on the calling thread.
  func apply(
    _ x: MatrixView, into y: Matrix, outputs: Range<Int>, _ activation: Activation = .none
  ) {
    let part = y.columns(outputs)
    multiply(x, transposed: weight.rows(outputs), into: part)
    if bias != nil || activation != .none {
      part.apply(bias: bias.map { $0 + outputs.lowerBound }, activation)
    }
  }

  /// Computes y = activation(x · weightᵀ + bias) together.
  func apply(
    _ x: MatrixView, into y: Matrix, _ member: Member, members: Int,
    _ activation: Activation = .none
  ) {
    member.ranges(outputs, grain: grain(members)) { apply(x, into: y, outputs: $0, activation) }
  }

  /// Computes y += scale · (x · weightᵀ + bias) together: the end of a residual branch.
  func accumulate(
    _ x: MatrixView, into y: Matrix, scale: Float, _ member: Member, members: Int
  ) {
    member.ranges(outputs, grain: grain(members)) { outputs in
      let part = y.columns(outputs)
      multiply(x, transposed: weight.rows(outputs), into: part, alpha: scale, beta: 1)
      if let bias { part.apply(bias: bias + outputs.lowerBound, scale: scale) }
    }
  }

  /// The number of outputs that one thread computes at a time.
  ///
  /// Four tiles a thread or more: whoever is done waits for at most one tile of another, and a
  /// thread that was held up does not keep all waiting. A tile narrower than 64 or wider than 512
  /// costs OpenBLAS more in packing than it gains.
  func grain(_ members: Int) -> Int {
    guard members > 1 else { return 512 }
    let even = (outputs + 4 * members - 1) / (4 * members)
    return min(256, max(64, (even + 63) / 64 * 64))
  }
}

/// Scale and shift of a layer normalisation.
struct LayerNorm {
  /// Shape `[d]`.
  let gamma: UnsafePointer<Float>
  /// Shape `[d]`.
  let beta: UnsafePointer<Float>

  /// Normalises the rows of x into y together.
  func apply(_ x: MatrixView, into y: Matrix, _ member: Member) {
    member.ranges(x.rows, grain: 16) {
      layerNorm(x.rows($0), gamma: gamma, beta: beta, into: y.rows($0))
    }
  }
}
