internal import Checkpoint
internal import Kernels

/// One conformer layer (Gulati et al., 2020), normalised before each module and after the last.
struct ConformerLayer {
  private let feedForward1: FeedForward
  private let attention: RelativeAttention
  private let convolution: ConvolutionModule
  private let feedForward2: FeedForward
  private let norm: LayerNorm

  init(index: Int, _ configuration: ModelConfiguration.Encoder, _ parameters: Parameters)
    throws(CheckpointError)
  {
    let name = "encoder.layers.\(index)"
    feedForward1 = try FeedForward(layer: name, name: "feed_forward1", parameters)
    attention = try RelativeAttention(layer: name, configuration, parameters)
    convolution = try ConvolutionModule(layer: name, configuration, parameters)
    feedForward2 = try FeedForward(layer: name, name: "feed_forward2", parameters)
    norm = try parameters.norm("\(name).norm_out")
  }

  /// Applies the layer to the residual stream together.
  ///
  /// - Parameters:
  ///   - step: Buffers and team.
  ///   - kept: Relative positions of all layers.
  func apply(_ step: LayerStep, _ kept: KeptPositions) {
    feedForward1.apply(step)
    step.lap(.feedForward)
    attention.apply(step, kept)
    step.lap(.attentionProjections)
    convolution.apply(step)
    step.lap(.convolution)
    feedForward2.apply(step)
    step.lap(.feedForward)
    let x = step.buffers.x
    step.member.ranges(x.rows, grain: Operand.grain) {
      norm.apply(x.rows($0).view, into: x.rows($0))
    }
    step.lap(.norm)
    step.record("", x)
  }
}

/// What every module of a layer works with.
struct LayerStep {
  /// Index of the layer.
  let layer: Int
  let buffers: EncoderBuffers
  let member: Member
  /// Members of the team.
  let members: Int
  /// Sees intermediate tensors, where somebody wants them.
  let probe: Probe?
  /// Times stages, where somebody wants to know.
  let instrument: Instrument?

  /// Ends a stage that all members have finished.
  func lap(_ stage: Instrument.Stage) {
    if member.index == 0 { instrument?.lap(stage) }
  }

  /// Computes what linear layers read together, some rows at a time.
  func fill(_ operand: Operand, _ compute: (_ rows: Range<Int>, _ part: Matrix) -> Void) {
    operand.fill(
      member, by: buffers.keepsFloats ? nil : buffers.scratch[member.index], compute)
  }

  /// Normalises x together as what linear layers read.
  func normalize(_ x: Matrix, _ norm: LayerNorm, into y: Operand) {
    fill(y) { rows, part in norm.apply(x.rows(rows).view, into: part) }
  }

  /// Shows a tensor to the probe; without one its name is not even put together.
  func record(_ name: @autoclosure () -> String, _ matrix: Matrix) {
    guard let probe else { return }
    let name = name()
    let full = name.isEmpty ? "layer\(layer)" : "layer\(layer).\(name)"
    member.once { probe.record(full, matrix.view) }
  }

  /// Runs a residual branch, and shows what it added to the probe.
  func branch(_ name: String, scale: Float, _ body: () -> Void) {
    if let probe { member.once { probe.beginBranch(buffers.x.view) } }
    body()
    if let probe {
      member.once { probe.endBranch("layer\(layer).\(name)", buffers.x.view, scale: scale) }
    }
  }
}
