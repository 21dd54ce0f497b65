extension ModelConfiguration.Encoder {
  /// Reads `encoder`; absent keys have the defaults of `ConformerEncoder`.
  ///
  /// - Parameters:
  ///   - settings: The section.
  ///   - mels: Mel bands, which `feat_in` must agree with.
  /// - Throws: `CheckpointError` that names the key.
  init(_ settings: Settings, mels: Int) throws(CheckpointError) {
    guard let layers = try settings.integer("n_layers", in: 1...256) else {
      throw settings.malformed("n_layers", "expected the number of layers")
    }
    guard let width = try settings.integer("d_model", in: 2...16_384) else {
      throw settings.malformed("d_model", "expected the width of the model")
    }
    self.layers = layers
    self.width = width
    heads = try settings.integer("n_heads", default: 4, in: 1...1024)
    guard width.isMultiple(of: heads), width.isMultiple(of: 2) else {
      throw settings.malformed("n_heads", "d_model \(width) must be even and a multiple of it")
    }
    feedForwardExpansion = try settings.integer("ff_expansion_factor", default: 4, in: 1...64)
    try Self.requireBands(settings, mels: mels, width: width)
    let channels = try settings.integer("subsampling_conv_channels", default: -1, in: -1...16_384)
    subsamplingChannels = channels == -1 ? width : channels
    guard subsamplingChannels > 0 else {
      throw settings.malformed("subsampling_conv_channels", "expected a positive number")
    }
    subsamplingFactor = try Self.subsamplingFactor(settings)
    convolutionKernel = try settings.integer("conv_kernel_size", default: 31, in: 1...1023)
    guard !convolutionKernel.isMultiple(of: 2) else {
      throw settings.malformed("conv_kernel_size", "expected an odd number")
    }
    convolutionNorm =
      switch try settings.text("conv_norm_type") ?? "batch_norm" {
      case "batch_norm": .batchNorm
      case "layer_norm": .layerNorm
      default: throw settings.unsupported("conv_norm_type", "only batch_norm and layer_norm are")
      }
    useBias = try settings.flag("use_bias", default: true)
    xscaling = try settings.flag("xscaling", default: true)
    attention = try Self.attention(settings)
    // NeMo's layers share biases with full attention only.
    let mayShare = attention == .full
    untieBiases = try settings.flag("untie_biases", default: true) || !mayShare
    try Self.requireOffline(settings, kernel: convolutionKernel)
  }

  private static func requireBands(
    _ settings: Settings, mels: Int, width: Int
  ) throws(CheckpointError) {
    let bands = try settings.integer("feat_in", default: mels, in: 1...1024)
    guard bands == mels else {
      throw settings.malformed("feat_in", "expected preprocessor.features, \(mels)")
    }
    let output = try settings.integer("feat_out", default: -1, in: -1...16_384)
    try settings.require("feat_out", output <= 0 || output == width, only: "-1")
  }

  private static func subsamplingFactor(_ settings: Settings) throws(CheckpointError) -> Int {
    let kind = try settings.text("subsampling") ?? "striding"
    let factor = try settings.integer("subsampling_factor", default: 4, in: 1...64)
    try settings.require("subsampling", kind == "dw_striding", only: "dw_striding")
    try settings.require("subsampling_factor", factor == 8, only: "8")
    return factor
  }

  private static func attention(
    _ settings: Settings
  ) throws(CheckpointError) -> ModelConfiguration.AttentionContext {
    let context = try contextSize(settings)
    switch try settings.text("self_attention_model") ?? "rel_pos" {
    case "rel_pos":
      try settings.require("att_context_size", context == [-1, -1], only: "[-1, -1] with rel_pos")
      return .full
    case "rel_pos_local_attn":
      guard context.allSatisfy({ $0 >= 0 }), context != [0, 0] else {
        throw settings.malformed("att_context_size", "local attention needs limits on both sides")
      }
      let tokens = try settings.integer("global_tokens", default: 0, in: 0...65_536)
      try settings.require("global_tokens", tokens == 0, only: "0")
      return .local(left: context[0], right: context[1])
    default:
      throw settings.unsupported(
        "self_attention_model", "only rel_pos and rel_pos_local_attn are supported")
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
      throw settings.malformed("att_context_size", "expected [left, right]")
    }
    return [left, right]
  }

  /// Refuses what models for streaming need: their encoder looks ahead less, or in chunks.
  private static func requireOffline(
    _ settings: Settings, kernel: Int
  ) throws(CheckpointError) {
    let isCausal = try settings.flag("causal_downsampling", default: false)
    try settings.require("causal_downsampling", !isCausal, only: "false")
    let style = try settings.text("att_context_style") ?? "regular"
    try settings.require("att_context_style", style == "regular", only: "regular")
    try settings.require("reduction", !settings.has("reduction"), only: "null")
    if settings.has("conv_context_size") {
      let centred = Array(repeating: Document.integer((kernel - 1) / 2), count: 2)
      let context = try? settings.list("conv_context_size")
      try settings.require("conv_context_size", context == centred, only: "null")
    }
  }
}
