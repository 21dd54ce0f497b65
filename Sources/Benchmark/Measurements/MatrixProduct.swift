internal import Checkpoint
internal import Recognition

/// One matrix product of the encoder: `[rows, inner]` times `[columns, inner]` transposed.
struct MatrixProduct {
  /// What it is a part of.
  let stage: Instrument.Stage
  let rows: Int
  let columns: Int
  let inner: Int
  /// The tensor that is the second matrix; nil where that is activations.
  let weights: String?

  /// Floating-point operations, two for each multiplication with its addition.
  var operations: Double { 2 * Double(rows * columns) * Double(inner) }
}

extension MatrixProduct {
  /// The products that encoding some samples takes, as a model's configuration has them.
  ///
  /// - Parameters:
  ///   - samples: How many are encoded in one pass.
  ///   - configuration: The model's.
  ///   - projectingPositions: Whether relative positions are projected anew in every pass.
  /// - Returns: Each product with weights in the order of the layout, and each layer's attention.
  static func encoding(
    samples: Int, _ configuration: ModelConfiguration, projectingPositions: Bool
  ) -> [MatrixProduct] {
    let (mels, encoder) = (configuration.preprocessor.mels, configuration.encoder)
    let featureFrames = samples / configuration.preprocessor.hop
    let frames = (featureFrames + 7) / 8
    /// Rows that a matrix is multiplied with; nil for tensors that are none of these.
    func place(of tensor: String) -> (Instrument.Stage, rows: Int)? {
      switch tensor.split(separator: ".").suffix(3).dropLast().joined(separator: ".") {
      case "conv.3": (.subsampling, (featureFrames + 3) / 4 * ((mels + 3) / 4))
      case "conv.6": (.subsampling, frames * ((mels + 7) / 8))
      case "pre_encode.out": (.subsampling, frames)
      case "feed_forward1.linear1", "feed_forward1.linear2", "feed_forward2.linear1",
        "feed_forward2.linear2":
        (.feedForward, frames)
      case "self_attn.linear_q", "self_attn.linear_k", "self_attn.linear_v", "self_attn.linear_out":
        (.attentionProjections, frames)
      case "self_attn.linear_pos":
        projectingPositions ? (.positions, 2 * frames - 1) : nil
      case "conv.pointwise_conv1", "conv.pointwise_conv2": (.convolution, frames)
      default: nil
      }
    }
    let projections = TensorLayout.tensors(for: configuration).compactMap { tensor in
      tensor.name.hasSuffix(".weight")
        ? place(of: tensor.name).map { stage, rows in
          MatrixProduct(
            stage: stage, rows: rows, columns: tensor.shape[0],
            inner: tensor.count / tensor.shape[0], weights: tensor.name)
        } : nil
    }
    let attention = attention(frames: frames, encoder)
    return projections + (0..<encoder.layers).flatMap { _ in attention }
  }

  /// What a layer's attention costs a library that multiplies whole matrices, in the blocks of
  /// queries that suit it best: a yardstick that does not move with how the engine computes it.
  private static func attention(
    frames: Int, _ encoder: ModelConfiguration.Encoder
  ) -> [MatrixProduct] {
    let (block, keys): (Int, Int)
    switch encoder.attention {
    case .full: (block, keys) = (min(frames, frames <= 512 ? 128 : 256), frames)
    case .local(let left, let right):
      (block, keys) = (min(frames, 64), min(frames, left + right + 64))
    }
    let depth = encoder.width / encoder.heads
    let oneHead = [(keys, depth), (keys + block - 1, depth), (depth, keys)].map { columns, inner in
      MatrixProduct(
        stage: .attentionScores, rows: frames, columns: columns, inner: inner, weights: nil)
    }
    return (0..<encoder.heads).flatMap { _ in oneHead }
  }
}

extension [MatrixProduct] {
  /// Floating-point operations by stage; nothing for stages without products.
  var operations: [Instrument.Stage: Double] {
    reduce(into: [:]) { $0[$1.stage, default: 0] += $1.operations }
  }
}
