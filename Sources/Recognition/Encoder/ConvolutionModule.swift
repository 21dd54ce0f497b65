internal import Checkpoint
internal import Glibc
internal import Kernels

/// Convolution module: x += W2 · swish(norm(depthwise(gate(W1 · norm(x))))).
///
/// NeMo's `ConformerConvolution`. Batch normalisation is applied as scale and shift of the
/// depthwise sum: s = γ/√(var + ε), shift = β + (bias − mean) · s.
struct ConvolutionModule {
  private let norm: LayerNorm
  /// `[2d, d]`: values, then gates.
  private let pointwise1: Linear
  /// Shape `[taps, d]`.
  private let depthwise: MatrixView
  private let scale: UnsafePointer<Float>
  private let shift: UnsafePointer<Float>
  /// What scale and shift are without batch normalisation: ones and the convolution's bias.
  private let plainScale: UnsafePointer<Float>
  private let plainShift: UnsafePointer<Float>
  /// Set where the checkpoint has layer instead of batch normalisation.
  private let inner: LayerNorm?
  /// Shape `[d, d]`.
  private let pointwise2: Linear

  init(layer: String, _ configuration: ModelConfiguration.Encoder, _ parameters: Parameters)
    throws(CheckpointError)
  {
    let width = configuration.width
    norm = try parameters.norm("\(layer).norm_conv")
    pointwise1 = try parameters.linear("\(layer).conv.pointwise_conv1")
    depthwise = try parameters.transposed("\(layer).conv.depthwise_conv.weight")
    pointwise2 = try parameters.linear("\(layer).conv.pointwise_conv2")

    let bias = try parameters.vectorIfPresent("\(layer).conv.depthwise_conv.bias")
    let (ones, biases) = (parameters.allocate(width), parameters.allocate(width))
    for i in 0..<width {
      ones[i] = 1
      biases[i] = bias?[i] ?? 0
    }
    (plainScale, plainShift) = (UnsafePointer(ones), UnsafePointer(biases))
    switch configuration.convolutionNorm {
    case .layerNorm:
      inner = try parameters.norm("\(layer).conv.batch_norm")
      (scale, shift) = (plainScale, plainShift)
    case .batchNorm:
      inner = nil
      let gamma = try parameters.vector("\(layer).conv.batch_norm.weight")
      let beta = try parameters.vector("\(layer).conv.batch_norm.bias")
      let mean = try parameters.vector("\(layer).conv.batch_norm.running_mean")
      let variance = try parameters.vector("\(layer).conv.batch_norm.running_var")
      let (factors, offsets) = (parameters.allocate(width), parameters.allocate(width))
      for i in 0..<width {
        factors[i] = gamma[i] / sqrtf(variance[i] + 1e-5)
        offsets[i] = beta[i] + (biases[i] - mean[i]) * factors[i]
      }
      (scale, shift) = (UnsafePointer(factors), UnsafePointer(offsets))
    }
  }

  func products(frames: Int) -> [MatrixProduct] {
    [
      MatrixProduct(rows: frames, pointwise1.weight),
      MatrixProduct(rows: frames, pointwise2.weight),
    ]
  }

  func apply(_ step: LayerStep) {
    let (x, normed, member) = (step.buffers.x, step.buffers.normed, step.member)
    let width = x.columns
    let both = step.buffers.wide(2 * width)
    let gated = step.buffers.wide(width, offset: 2 * width)
    norm.apply(x.view, into: normed, member)
    step.record("norm_conv", normed)

    member.ranges(width, grain: pointwise2.grain(step.members)) { columns in
      let gates = columns.lowerBound + width..<columns.upperBound + width
      let (values, gate) = (both.columns(columns), both.columns(gates))
      multiply(normed.view, transposed: pointwise1.weight.rows(columns), into: values)
      multiply(normed.view, transposed: pointwise1.weight.rows(gates), into: gate)
      Kernels.gate(
        values.view, gate.view, biasA: pointwise1.bias.map { $0 + columns.lowerBound },
        biasB: pointwise1.bias.map { $0 + gates.lowerBound }, into: gated.columns(columns))
    }
    if step.probe != nil {
      let plain = step.buffers.wide(width)
      member.ranges(x.rows, grain: 16) {
        convolveTime(
          gated.view, weights: depthwise, scale: plainScale, shift: plainShift, into: plain,
          rows: $0)
      }
      step.record("conv.depthwise", plain)
    }
    member.ranges(x.rows, grain: 16) { rows in
      convolveTime(
        gated.view, weights: depthwise, scale: scale, shift: shift, into: normed, rows: rows)
      let part = normed.rows(rows)
      if let inner { layerNorm(part.view, gamma: inner.gamma, beta: inner.beta, into: part) }
      if step.probe == nil { part.apply(.swish) }
    }
    if step.probe != nil {
      step.record("conv.batch_norm", normed)
      member.once { normed.apply(.swish) }
    }
    step.branch("conv", scale: 1) {
      pointwise2.accumulate(normed.view, into: x, scale: 1, member, members: step.members)
    }
  }
}
