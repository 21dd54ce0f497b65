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
  /// Layer normalisation; nil where the checkpoint has batch normalisation.
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

  func apply(_ step: LayerStep) {
    let (x, normed, member) = (step.buffers.x, step.buffers.normed, step.member)
    let gated = step.buffers.side
    for rows in step.buffers.chunks { gate(rows, into: gated.rows(rows), step) }
    step.record("norm_conv", normed)

    let operand = step.buffers.operand(normed)
    if let probe = step.probe {
      convolve(gated, scale: plainScale, shift: plainShift, then: .none, into: operand, step)
      step.record("conv.depthwise", normed)
      convolve(gated, scale: scale, shift: shift, then: .none, into: operand, step) { part in
        inner?.apply(part.view, into: part)
      }
      member.once { probe.record("layer\(step.layer).conv.batch_norm", normed.view) }
    }
    if let inner {
      convolve(gated, scale: scale, shift: shift, then: .none, into: operand, step) { part in
        inner.apply(part.view, into: part)
        part.apply(.swish)
      }
    } else {
      convolve(gated, scale: scale, shift: shift, then: .swish, into: operand, step)
    }
    step.branch("conv", scale: 1) {
      pointwise2.apply(operand, into: x, member, members: step.members, then: .add(scale: 1))
    }
  }

  /// Computes gate(W1 · norm(x)) for some frames together.
  private func gate(_ frames: Range<Int>, into gated: Matrix, _ step: LayerStep) {
    let (buffers, member) = (step.buffers, step.member)
    let width = gated.columns
    let normed = buffers.operand(buffers.normed.rows(frames))
    step.normalize(buffers.x.rows(frames), norm, into: normed)
    let both = buffers.wide(frames.count, 2 * width)
    let plain = Linear(weights: pointwise1.weights, bias: nil)
    let tiling = gateTiling(frames.count, step.members)
    member.tiles(tiling.count) { tile in
      let (rows, columns) = tiling[tile]
      let gates = columns.shifted(by: width)
      let (values, gate) = (both.rows(rows).columns(columns), both.rows(rows).columns(gates))
      if columns.count == width {
        plain.compute(
          normed, into: both.rows(rows), rows: rows, outputs: 0..<2 * width, member)
      } else {
        plain.compute(normed, into: values, rows: rows, outputs: columns, member)
        plain.compute(normed, into: gate, rows: rows, outputs: gates, member)
      }
      Kernels.gate(
        values.view, gate.view, biasA: pointwise1.bias.map { $0 + columns.lowerBound },
        biasB: pointwise1.bias.map { $0 + gates.lowerBound },
        into: gated.rows(rows).columns(columns))
    }
  }

  /// Values and gates of the same columns go together; gates that do not start at a multiple of
  /// what is packed together are computed in one with the values.
  private func gateTiling(_ frames: Int, _ members: Int) -> Tiling {
    let tiling = pointwise2.weights.tiling(rows: frames, members: members)
    let width = pointwise2.outputs
    return Tiling(
      rows: frames, columns: width, rowGrain: tiling.rowGrain,
      columnGrain: width % PackedShape.panelRows == 0 ? tiling.columnGrain : width)
  }

  /// Convolves along time together, and does something to all rows in turn.
  private func convolve(
    _ gated: Matrix, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    then activation: Activation, into operand: Operand, _ step: LayerStep,
    _ end: (Matrix) -> Void = { _ in }
  ) {
    step.fill(operand) { rows, part in
      convolveTime(
        gated.view, weights: depthwise, scale: scale, shift: shift, then: activation, into: part,
        rows: rows)
      end(part)
    }
  }
}
