extension ModelConfiguration.Encoder {
  /// Reads `encoder`; absent keys have the defaults of `ConformerEncoder`.
  ///
  /// - Parameters:
  ///   - settings: The section.
  ///   - mels: Mel bands, which `feat_in` must agree with.
  /// - Throws: `CheckpointError` that names the key.
  init(_ settings: Settings, mels: Int) throws(CheckpointError) {
    guard let layers = try settings.integer("n_layers", in: 1...256) else {
      throw settings.nonsense("n_layers", "expected the number of layers")
    }
    guard let width = try settings.integer("d_model", in: 2...16_384) else {
      throw settings.nonsense("d_model", "expected the width of the model")
    }
    self.layers = layers
    self.width = width
    heads = try settings.integer("n_heads", default: 4, in: 1...1024)
    guard width.isMultiple(of: heads), width.isMultiple(of: 2) else {
      throw settings.nonsense("n_heads", "d_model \(width) must be even and a multiple of it")
    }
    feedForwardExpansion = try settings.integer("ff_expansion_factor", default: 4, in: 1...64)
    try Self.requireBands(settings, mels: mels, width: width)
    let channels = try settings.integer("subsampling_conv_channels", default: -1, in: -1...16_384)
    subsamplingChannels = channels == -1 ? width : channels
    guard subsamplingChannels > 0 else {
      throw settings.nonsense("subsampling_conv_channels", "expected a positive number")
    }
    subsamplingFactor = try Self.subsamplingFactor(settings)
    convolutionKernel = try settings.integer("conv_kernel_size", default: 31, in: 1...1023)
    guard !convolutionKernel.isMultiple(of: 2) else {
      throw settings.nonsense("conv_kernel_size", "expected an odd number")
    }
    convolutionNorm =
      switch try settings.text("conv_norm_type") ?? "batch_norm" {
      case "batch_norm": .batchNorm
      case "layer_norm": .layerNorm
      default: throw settings.unsupported("conv_norm_type", "only batch_norm and layer_norm are")
      }
    useBias = try settings.flag("use_bias", default: true)
    xscaling = try settings.flag("xscaling", default: true)
    try Self.requireOffline(settings, kernel: convolutionKernel)
    attention = try Self.attention(settings)
    // NeMo's layers share biases with full attention only.
    let mayShare = attention == .full
    untieBiases = try settings.flag("untie_biases", default: true) || !mayShare
  }

  private static func requireBands(
    _ settings: Settings, mels: Int, width: Int
  ) throws(CheckpointError) {
    let bands = try settings.integer("feat_in", default: mels, in: 1...1024)
    guard bands == mels else {
      throw settings.nonsense("feat_in", "expected preprocessor.features, \(mels)")
    }
    let output = try settings.integer("feat_out", default: -1, in: -1...16_384)
    try settings.require("feat_out", output <= 0 || output == width, only: "-1")
  }

  private static func subsamplingFactor(_ settings: Settings) throws(CheckpointError) -> Int {
    let kind = try settings.text("subsampling") ?? "striding"
    let factor = try settings.integer("subsampling_factor", default: 4, in: 1...64)
    guard kind == "dw_striding" else {
      throw settings.architecture("subsampling", .otherConformer)
    }
    guard factor == 8 else { throw settings.architecture("subsampling_factor", .otherConformer) }
    return factor
  }

  private static func attention(
    _ settings: Settings
  ) throws(CheckpointError) -> ModelConfiguration.AttentionContext {
    let context = try contextSize(settings)
    switch try settings.text("self_attention_model") ?? "rel_pos" {
    case "rel_pos":
      guard context == [-1, -1] else { throw settings.architecture("att_context_size", .streaming) }
      return .full
    case "rel_pos_local_attn":
      guard context.allSatisfy({ $0 >= 0 }), context != [0, 0] else {
        throw settings.nonsense("att_context_size", "local attention needs limits on both sides")
      }
      let tokens = try settings.integer("global_tokens", default: 0, in: 0...65_536)
      try settings.require("global_tokens", tokens == 0, only: "0")
      return .local(left: context[0], right: context[1])
    default:
      throw settings.architecture("self_attention_model", .otherConformer)
    }
  }

  /// `[left, right]`, or a list of such pairs of which NeMo uses the first.
  private static func contextSize(_ settings: Settings) throws(CheckpointError) -> [Int] {
    guard var values = try settings.list("att_context_size") else { return [-1, -1] }
    if case .list(let first)? = values.first { values = first }
    guard values.count == 2, case .integer(let left) = values[0],
      case .integer(let right) = values[1], (-1...65_536).contains(left),
      (-1...65_536).contains(right)
    else {
      throw settings.nonsense("att_context_size", "expected [left, right]")
    }
    return [left, right]
  }

  /// Refuses what models for streaming need: their encoder looks ahead less, or in chunks.
  private static func requireOffline(
    _ settings: Settings, kernel: Int
  ) throws(CheckpointError) {
    let isCausal = try settings.flag("causal_downsampling", default: false)
    guard !isCausal else { throw settings.architecture("causal_downsampling", .streaming) }
    let style = try settings.text("att_context_style") ?? "regular"
    guard style == "regular" else { throw settings.architecture("att_context_style", .streaming) }
    try settings.require("reduction", !settings.has("reduction"), only: "null")
    if settings.has("conv_context_size") {
      let centred = Array(repeating: Document.integer((kernel - 1) / 2), count: 2)
      let context = try? settings.list("conv_context_size")
      guard context == centred else {
        throw settings.architecture("conv_context_size", .streaming)
      }
    }
  }
}
