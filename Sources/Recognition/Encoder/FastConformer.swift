internal import Checkpoint
internal import Glibc
internal import Kernels

/// The FastConformer encoder (Rekesh et al., 2023; NeMo's `ConformerEncoder`) with its features.
final class FastConformer {
  /// Width of the output, d.
  let width: Int
  /// How far attention looks.
  var context: ModelConfiguration.AttentionContext { configuration.attention }
  private let configuration: ModelConfiguration.Encoder
  private let logMel: LogMel
  private let subsampling: Subsampling
  private let layers: [ConformerLayer]
  private let kept: KeptPositions
  /// Whether weights are int8.
  private let isInt8: Bool

  /// Frames up to which projected positions are kept: the longest window of long recordings.
  ///
  /// At 24 layers of 1024 the tables then take 76 MB. Beyond, they are computed for every
  /// utterance, which costs 7 % of the encoder's time at two minutes.
  private static let keptFrames = 384

  init(_ configuration: ModelConfiguration, _ parameters: Parameters) throws(CheckpointError) {
    self.configuration = configuration.encoder
    width = configuration.encoder.width
    logMel = try LogMel(configuration.preprocessor, parameters)
    subsampling = try Subsampling(configuration, parameters)
    var layers: [ConformerLayer] = []
    var weights: [Weights] = []
    for index in 0..<configuration.encoder.layers {
      layers.append(try ConformerLayer(index: index, configuration.encoder, parameters))
      weights.append(
        try parameters.weights("encoder.layers.\(index).self_attn.linear_pos.weight"))
    }
    self.layers = layers
    let reach: Int =
      switch configuration.encoder.attention {
      case .full: Self.keptFrames
      case .local: RelativeAttention.reach(frames: .max, configuration.encoder.attention)
      }
    kept = KeptPositions(
      RelativePositions(weights: weights, width: width, heads: configuration.encoder.heads),
      reach: reach)
    // These read what all matrices read but the second of a feed-forward module.
    isInt8 = weights.allSatisfy(\.isInt8)
  }

  /// Encoder frames of some samples.
  func frames(samples: Int) -> Int { Subsampling.frames(logMel.frames(samples: samples)) }

  /// Asks for an utterance's activations.
  ///
  /// - Parameters:
  ///   - samples: Length of the utterance.
  ///   - members: Members of the team.
  ///   - probing: Whether somebody wants to see intermediate tensors.
  ///   - least: Floats that `wide` has at least, for what comes after the encoder.
  ///   - carver: Hands out memory.
  /// - Returns: Where everything lies.
  func buffers(
    samples: Int, members: Int, probing: Bool, wide least: Int, _ carver: inout Workspace.Carver
  ) -> EncoderBuffers {
    let featureFrames = logMel.frames(samples: samples)
    let frames = Subsampling.frames(featureFrames)
    let chunk = max(1, probing ? frames : min(frames, EncoderBuffers.longestChunk))
    let wide = max(configuration.feedForwardExpansion * width, 2 * width, subsampling.flatColumns)
    let scratch = max(
      logMel.scratchCount, subsampling.scratchCount(frames: frames, probing: probing),
      RelativeAttention.scratchCount(frames: frames, configuration), Operand.grain * width)
    let isFar = needsFarPositions(frames)
    let attention = AttentionBuffers.Plan(
      frames: frames, configuration, hasPositions: isFar)
    let integers = max(QuantizedRows.floats(chunk, wide), QuantizedRows.floats(frames, width))
    // Features are gone when the layers begin.
    let (early, late) = carver.overlapping {
      ($0.matrix(1, samples), $0.matrix(featureFrames, logMel.mels))
    } _: { carver in
      (
        carver.matrix(frames, width), carver.matrix(frames, width),
        isFar ? carver.matrix(frames, width) : nil
      )
    }
    return EncoderBuffers(
      emphasized: early.0, features: early.1, x: carver.matrix(frames, width), normed: late.0,
      side: late.1, wide: carver.matrix(1, max(chunk * wide, attention.count, least)),
      quantized: isInt8 ? carver.quantized(floats: integers) : nil,
      keepsFloats: probing || !isInt8, chunk: chunk, sinusoids: late.2,
      scratch: carver.matrix(members, (scratch + 15) / 16 * 16))
  }

  func needsFarPositions(_ frames: Int) -> Bool {
    RelativeAttention.reach(frames: frames, configuration.attention) > kept.reach
  }

  /// Computes features, `buffers.features`.
  func extractFeatures(
    _ samples: UnsafeBufferPointer<Float>, _ buffers: EncoderBuffers, _ team: Team
  ) {
    team.run { member in
      logMel.compute(
        samples, emphasized: buffers.emphasized, into: buffers.features,
        scratch: buffers.scratch[member.index], member)
    }
  }

  /// Encodes `buffers.features` into `buffers.x`, `[T, d]`.
  func encode(
    _ buffers: EncoderBuffers, _ team: Team, probe: Probe? = nil, instrument: Instrument? = nil
  ) {
    let frames = buffers.x.rows
    guard frames > 0 else { return }
    if !needsFarPositions(frames) {
      kept.fill(
        reach: RelativeAttention.read(frames: frames, configuration.attention), team)
    }
    team.run(metering: instrument?.products) { member in
      subsampling.compute(buffers, member, members: team.cuts, probe: probe)
      if let probe { member.once { probe.record("subsampling", buffers.x.view) } }
      if configuration.xscaling {
        member.ranges(frames, grain: 64) {
          buffers.x.rows($0).scale(by: sqrtf(Float(width)))
        }
      }
      if let probe { member.once { probe.record("pos_enc.x", buffers.x.view) } }
      if member.index == 0 { instrument?.lap(.subsampling) }
      if let sinusoids = buffers.sinusoids { kept.positions.fill(sinusoids, member) }
      for index in layers.indices {
        let step = LayerStep(
          layer: index, buffers: buffers, member: member, members: team.cuts, probe: probe,
          instrument: instrument)
        layers[index].apply(step, kept)
      }
      if let probe { member.once { probe.record("encoder", buffers.x.view) } }
    }
  }
}
