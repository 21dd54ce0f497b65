internal import Checkpoint
internal import Kernels

/// Three stride-2 convolutions and a linear layer: eight feature frames become one encoder frame.
///
/// NeMo's `ConvSubsampling` with `dw_striding`. The image `[time, mel, channel]` of the first
/// convolution is 24 times the size of the features, so that the convolutions run on some frames
/// at a time.
struct Subsampling {
  private let mels: Int
  private let channels: Int
  /// `[9, channels]` each: the first convolution and the two depthwise ones.
  private let kernels: [(weight: MatrixView, bias: UnsafePointer<Float>)]
  private let pointwise: [Linear]
  private let out: Linear

  /// Encoder frames whose convolutions run together.
  private static let chunk = 16

  init(_ configuration: ModelConfiguration, _ parameters: Parameters) throws(CheckpointError) {
    mels = configuration.preprocessor.mels
    channels = configuration.encoder.subsamplingChannels
    var kernels: [(weight: MatrixView, bias: UnsafePointer<Float>)] = []
    for index in [0, 2, 5] {
      let name = "encoder.pre_encode.conv.\(index)"
      kernels.append(
        (try parameters.transposed("\(name).weight"), try parameters.vector("\(name).bias")))
    }
    self.kernels = kernels
    pointwise = [
      try parameters.linear("encoder.pre_encode.conv.3"),
      try parameters.linear("encoder.pre_encode.conv.6"),
    ]
    out = try parameters.linear("encoder.pre_encode.out")
  }

  /// Encoder frames that come of some feature frames.
  static func frames(_ featureFrames: Int) -> Int {
    (0..<3).reduce(featureFrames) { frames, _ in (frames + 1) / 2 }
  }

  /// Columns of the image after the last convolution, over all channels.
  var flatColumns: Int { out.weight.columns }

  /// Floats of scratch that each member needs for some encoder frames.
  func scratchCount(frames: Int, probing: Bool) -> Int {
    let (first, second) = scratchSizes(chunk(frames, probing))
    return first + second
  }

  private func chunk(_ frames: Int, _ probing: Bool) -> Int {
    probing ? max(1, frames) : min(max(1, frames), Self.chunk)
  }

  private func scratchSizes(_ chunk: Int) -> (Int, Int) {
    let (half, quarter) = ((mels + 1) / 2, (mels + 3) / 4)
    return ((4 * chunk + 3) * half * channels, (2 * chunk + 1) * quarter * channels)
  }

  /// The matrix products that some feature frames take.
  func products(featureFrames: Int) -> [MatrixProduct] {
    let frames = Subsampling.frames(featureFrames)
    return [
      MatrixProduct(
        rows: (featureFrames + 3) / 4 * ((mels + 3) / 4), pointwise[0].weight),
      MatrixProduct(rows: frames * ((mels + 7) / 8), pointwise[1].weight),
      MatrixProduct(rows: frames, out.weight),
    ]
  }

  /// Computes encoder input together.
  ///
  /// - Parameters:
  ///   - features: `[n, mels]`
  ///   - flat: Room for `[T, flatColumns]`.
  ///   - x: `[T, d]`
  ///   - scratch: This member's scratch.
  ///   - member: The calling member of the team.
  ///   - members: Members of the team.
  ///   - probe: Sees the convolutions' outputs; all frames then form one chunk.
  func compute(
    _ features: MatrixView, flat: Matrix, into x: Matrix, scratch: UnsafeMutablePointer<Float>,
    _ member: Member, members: Int, probe: Probe?
  ) {
    member.ranges(x.rows, grain: chunk(x.rows, probe != nil)) { frames in
      convolve(features, frames: frames, into: flat.rows(frames), scratch: scratch, probe: probe)
    }
    out.apply(flat.view, into: x, member, members: members)
  }

  private func convolve(
    _ features: MatrixView, frames: Range<Int>, into flat: Matrix,
    scratch: UnsafeMutablePointer<Float>, probe: Probe?
  ) {
    let heights = [
      (features.rows + 1) / 2, (features.rows + 3) / 4, Subsampling.frames(features.rows),
    ]
    let widths = [(mels + 1) / 2, (mels + 3) / 4, (mels + 7) / 8]
    let second = Image.inputRows(for: frames, height: heights[1])
    let first = Image.inputRows(for: second, height: heights[0])
    let other = scratch + scratchSizes(frames.count).0
    func image(_ place: UnsafeMutablePointer<Float>, _ level: Int, _ rows: Range<Int>) -> Image {
      Image(place, height: heights[level], width: widths[level], channels: channels, rows: rows)
    }

    let start = image(scratch, 0, first)
    start.convolve(features, weights: kernels[0].weight, bias: kernels[0].bias)
    probe?.record("subsampling.conv0", start)
    start.places.apply(.relu)

    var input = start
    for (level, rows) in [(1, second), (2, frames)] {
      let depthwise = image(other, level, rows)
      depthwise.convolveDepthwise(
        input, weights: kernels[level].weight, bias: kernels[level].bias)
      let output = image(input.values, level, rows)
      let linear = pointwise[level - 1]
      multiply(depthwise.places.view, transposed: linear.weight, into: output.places)
      output.places.apply(bias: linear.bias)
      probe?.record("subsampling.conv\(level * 3 - 1)", depthwise)
      probe?.record("subsampling.conv\(level * 3)", output)
      output.places.apply(.relu)
      input = output
    }
    input.flatten(into: flat)
  }
}
