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
  private static let chunk = 6

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

  /// The number of encoder frames for some feature frames.
  static func frames(_ featureFrames: Int) -> Int { halved(featureFrames, 3) }

  /// A size after some convolutions of stride 2.
  private static func halved(_ size: Int, _ times: Int) -> Int {
    (0..<times).reduce(size) { size, _ in (size + 1) / 2 }
  }

  /// Columns of the image after the last convolution, over all channels.
  var flatColumns: Int { out.inputs }

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

  /// Computes encoder input together.
  ///
  /// - Parameters:
  ///   - buffers: `features` are read, `x` is written.
  ///   - member: The calling member of the team.
  ///   - members: Members of the team.
  ///   - probe: Sees the convolutions' outputs; all frames then form one chunk.
  func compute(_ buffers: EncoderBuffers, _ member: Member, members: Int, probe: Probe?) {
    for frames in buffers.chunks {
      let flat = Operand(buffers.wide(frames.count, flatColumns), room: nil)
      member.ranges(frames.count, grain: chunk(frames.count, probe != nil)) { rows in
        let part = rows.lowerBound + frames.lowerBound..<rows.upperBound + frames.lowerBound
        convolve(
          buffers.features.view, frames: part, into: flat.floats.rows(rows),
          scratch: buffers.scratch[member.index], member, probe: probe)
      }
      out.apply(flat, into: buffers.x.rows(frames), member, members: members)
    }
  }

  private func convolve(
    _ features: MatrixView, frames: Range<Int>, into flat: Matrix,
    scratch: UnsafeMutablePointer<Float>, _ member: Member, probe: Probe?
  ) {
    func height(_ level: Int) -> Int { Self.halved(features.rows, level + 1) }
    let second = Image.inputRows(for: frames, height: height(1))
    let first = Image.inputRows(for: second, height: height(0))
    let other = scratch + scratchSizes(frames.count).0
    func image(_ place: UnsafeMutablePointer<Float>, _ level: Int, _ rows: Range<Int>) -> Image {
      Image(
        place, height: height(level), width: Self.halved(mels, level + 1), channels: channels,
        rows: rows)
    }
    /// A depthwise and a pointwise convolution; the result lies where the input was.
    func convolve(_ input: Image, level: Int, rows: Range<Int>) -> Image {
      let depthwise = image(other, level, rows)
      depthwise.convolveDepthwise(
        input, weights: kernels[level].weight, bias: kernels[level].bias)
      let output = image(input.values, level, rows)
      let places = depthwise.places
      pointwise[level - 1].compute(
        Operand(places, room: nil), into: output.places, rows: 0..<places.rows,
        outputs: 0..<channels, member, then: .replace(probe == nil ? .relu : .none))
      if let probe {
        probe.record("subsampling.conv\(level * 3 - 1)", depthwise)
        probe.record("subsampling.conv\(level * 3)", output)
        output.places.apply(.relu)
      }
      return output
    }

    let start = image(scratch, 0, first)
    // Golden tensors are those before the activation.
    start.convolve(
      features, weights: kernels[0].weight, bias: kernels[0].bias,
      then: probe == nil ? .relu : .none)
    if let probe {
      probe.record("subsampling.conv0", start)
      start.places.apply(.relu)
    }
    convolve(convolve(start, level: 1, rows: second), level: 2, rows: frames).flatten(into: flat)
  }
}
