internal import CKernels

/// What follows a linear layer.
package enum Activation: Sendable {
  /// Nothing.
  case none
  /// max(x, 0).
  case relu
  /// x · sigmoid(x), also called SiLU.
  case swish

  var code: ck_activation {
    switch self {
    case .none: CK_NONE
    case .relu: CK_RELU
    case .swish: CK_SWISH
    }
  }
}

/// The instruction set that the kernels use on this processor.
package var instructionSet: String { String(cString: ck_isa()) }

/// The instruction sets that this processor has, from the best on.
package var instructionSets: [String] {
  var names: [String] = []
  while let name = ck_isa_name(names.count) { names.append(String(cString: name)) }
  return names
}

/// Uses the kernels of another instruction set on this thread from now on; for tests and
/// measurements.
///
/// - Returns: False where this processor does not have it.
package func useInstructionSet(_ name: String) -> Bool { ck_use_isa(name) }

/// Normalises each row to mean 0 and variance 1, then scales and shifts it; eps is 1e-5.
///
/// - Parameters:
///   - x: `[rows, d]` without gaps.
///   - gamma: Scale, `[d]`.
///   - beta: Shift, `[d]`.
///   - y: `[rows, d]` without gaps; may be `x`.
package func layerNorm(
  _ x: MatrixView, gamma: UnsafePointer<Float>, beta: UnsafePointer<Float>, into y: Matrix
) {
  assert(x.stride == x.columns && y.stride == y.columns)
  ck_layer_norm(x.values, gamma, beta, y.values, x.rows, x.columns)
}

/// Gated linear unit: y = (a + biasA) · sigmoid(b + biasB), all `[rows, columns]`.
package func gate(
  _ a: MatrixView, _ b: MatrixView, biasA: UnsafePointer<Float>?, biasB: UnsafePointer<Float>?,
  into y: Matrix
) {
  assert(a.stride == b.stride)
  ck_glu(
    a.values, b.values, biasA, biasB, y.values, y.rows, y.columns, a.stride, y.stride)
}

/// Depthwise convolution along time, zero-padded to keep the length: some rows of it.
///
/// - Parameters:
///   - x: `[T, d]`.
///   - weights: `[taps, d]`.
///   - scale: Factor of the sum, `[d]`.
///   - shift: Added after scaling, `[d]`.
///   - activation: What follows.
///   - y: `[rows, d]`.
///   - rows: The rows to compute.
package func convolveTime(
  _ x: MatrixView, weights: MatrixView, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
  then activation: Activation, into y: Matrix, rows: Range<Int>
) {
  assert(x.stride == x.columns && y.stride == y.columns && y.rows == rows.count)
  ck_depthwise_time(
    x.values, weights.values, scale, shift, y.values, x.rows, rows.lowerBound, rows.upperBound,
    x.columns, weights.rows, activation.code)
}

/// Adds n values to n others.
package func add(_ y: UnsafePointer<Float>, to x: UnsafeMutablePointer<Float>, count: Int) {
  ck_add(x, y, count)
}

/// Filters samples first ..< last: y[i] = x[i] − coefficient · x[i − 1].
package func preemphasize(
  _ x: UnsafePointer<Float>, coefficient: Float, into y: UnsafeMutablePointer<Float>,
  _ range: Range<Int>
) {
  ck_preemphasis(x, coefficient, y, range.lowerBound, range.upperBound)
}

/// Index of the first maximum; the last index where no value is a number.
package func argmax(_ x: UnsafePointer<Float>, count: Int) -> Int {
  var index = 0
  ck_argmax(x, count, &index)
  return index
}

/// One LSTM step from the sums at gates i, f, g, o.
///
/// - Parameters:
///   - gates: `[4, width]`.
///   - c: Cell state `[width]`, replaced.
///   - h: Hidden state `[width]`, replaced.
///   - width: Width of the state.
package func stepLSTM(
  gates: UnsafePointer<Float>, c: UnsafeMutablePointer<Float>, h: UnsafeMutablePointer<Float>,
  width: Int
) {
  ck_lstm_gates(gates, c, h, width)
}

extension Matrix {
  /// Replaces x by activation(x + scale · bias).
  package func apply(
    bias: UnsafePointer<Float>? = nil, scale: Float = 1, _ activation: Activation = .none
  ) {
    ck_bias_activation(values, bias, scale, rows, columns, stride, activation.code)
  }

  /// Brings some columns to mean 0 and deviation 1, as NeMo's `per_feature` does.
  ///
  /// The deviation is the unbiased one, 0 for a single row, and 1e-5 is added to it.
  package func normalize(columns range: Range<Int>) {
    ck_normalize_columns(values, rows, stride, range.lowerBound, range.upperBound)
  }

  /// Replaces x by x · factor; rows without gaps.
  package func scale(by factor: Float) {
    assert(stride == columns)
    ck_scale(values, factor, rows * columns)
  }
}
