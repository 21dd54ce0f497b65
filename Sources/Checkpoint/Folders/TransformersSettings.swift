/// The configuration of a Parakeet of transformers', in NeMo's words.
///
/// Absent keys have the defaults of `ParakeetEncoderConfig` and of the model's own class.
struct TransformersSettings {
  private let root: Settings
  private let features: Settings
  private let hasConvolutionBias: Bool

  /// Settings of a model.
  ///
  /// - Parameters:
  ///   - root: `config.json`.
  ///   - features: What the processor says of features.
  ///   - hasConvolutionBias: Whether convolutions have biases, which older versions do not say.
  init(_ root: Settings, features: Settings, hasConvolutionBias: Bool) {
    (self.root, self.features) = (root, features)
    self.hasConvolutionBias = hasConvolutionBias
  }

  private static let widths = 1...65_536

  /// The same as NeMo would write it.
  ///
  /// - Throws: `CheckpointError` that names the key.
  func nemo() throws(CheckpointError) -> Document {
    let kind = try root.text("model_type") ?? ""
    let isCTC = kind == "parakeet_ctc"
    switch kind {
    case "parakeet_ctc", "parakeet_rnnt", "parakeet_tdt": break
    case "parakeet_encoder": throw root.architecture("model_type", .pretrained)
    default: throw root.architecture("model_type", .otherDecoder)
    }
    let outputs = try root.integer("vocab_size", default: isCTC ? 1_025 : 8_193, in: 2...1_000_000)
    let blankKey = isCTC ? "pad_token_id" : "blank_token_id"
    let blank = try root.integer(blankKey, default: isCTC ? 1_024 : 8_192, in: 0...1_000_000)
    try root.require(blankKey, blank == outputs - 1, only: "the last output, \(outputs - 1),")
    let target = isCTC ? "EncDecCTCModelBPE" : "EncDecRNNTBPEModel"
    var entries: [Document.Entry] = [
      entry("target", .text(target)), entry("preprocessor", try preprocessor()),
      entry("encoder", try encoder()),
      entry(
        "tokenizer",
        section(("type", .text("bpe")), ("model_path", .text(ModelFolder.tokenizerFile)))),
    ]
    let classes = ("num_classes", Document.integer(outputs - 1))
    if isCTC {
      entries.append(entry("decoder", section(classes)))
    } else {
      entries += try transducer(hasDurations: kind == "parakeet_tdt", classes)
    }
    return .section(entries)
  }

  private var encoderSettings: Settings { root.section("encoder_config") }

  private func preprocessor() throws(CheckpointError) -> Document {
    let mels = try encoderSettings.integer("num_mel_bins", default: 80, in: 1...1_024)
    let window = try features.integer("win_length", default: 400, in: 1...65_536)
    return section(
      (
        "sample_rate",
        .integer(try features.integer("sampling_rate", default: 16_000, in: Self.rates))
      ),
      ("features", .integer(try features.integer("feature_size", default: mels, in: 1...1_024))),
      ("n_window_size", .integer(window)),
      (
        "n_window_stride",
        .integer(try features.integer("hop_length", default: 160, in: 1...65_536))
      ),
      ("n_fft", .integer(try features.integer("n_fft", default: 512, in: 2...65_536))),
      ("preemph", .number(try features.number("preemphasis", default: 0.97, in: 0...1))))
  }

  private static let rates = 1...192_000

  private func encoder() throws(CheckpointError) -> Document {
    let encoder = encoderSettings
    func number(_ key: String, _ standard: Int) throws(CheckpointError) -> Int {
      try encoder.integer(key, default: standard, in: Self.widths)
    }
    let width = try number("hidden_size", 1_024)
    let hidden = try number("intermediate_size", 4_096)
    try encoder.require(
      "intermediate_size", hidden.isMultiple(of: width), only: "a multiple of hidden_size")
    let activation = try encoder.text("hidden_act") ?? "silu"
    try encoder.require("hidden_act", activation == "silu" || activation == "swish", only: "silu")
    try encoder.require(
      "subsampling_conv_kernel_size", try number("subsampling_conv_kernel_size", 3) == 3, only: "3")
    try encoder.require(
      "subsampling_conv_stride", try number("subsampling_conv_stride", 2) == 2, only: "2")
    let hasBias = try encoder.flag("attention_bias", default: true)
    try encoder.require(
      "attention_bias", hasBias == hasConvolutionBias, only: "the same as that of convolutions")
    return section(
      ("feat_in", .integer(try number("num_mel_bins", 80))),
      ("n_layers", .integer(try number("num_hidden_layers", 24))),
      ("d_model", .integer(width)), ("n_heads", .integer(try number("num_attention_heads", 8))),
      ("ff_expansion_factor", .integer(hidden / width)), ("use_bias", .bool(hasBias)),
      ("xscaling", .bool(try encoder.flag("scale_input", default: true))),
      ("untie_biases", .bool(true)), ("self_attention_model", .text("rel_pos")),
      ("subsampling", .text("dw_striding")),
      ("subsampling_factor", .integer(try number("subsampling_factor", 8))),
      (
        "subsampling_conv_channels", .integer(try number("subsampling_conv_channels", 256))
      ),
      ("conv_kernel_size", .integer(try number("conv_kernel_size", 9))),
      ("conv_norm_type", .text("batch_norm")))
  }

  private func transducer(
    hasDurations: Bool, _ classes: (String, Document)
  ) throws(CheckpointError) -> [Document.Entry] {
    let width = try root.integer("decoder_hidden_size", default: 640, in: Self.widths)
    let layers = try root.integer("num_decoder_layers", default: 2, in: 1...16)
    var durations: [Int] = []
    if hasDurations {
      durations = try root.integers("durations", in: 0...1_024) ?? [0, 1, 2, 3, 4]
    }
    let limit = try root.integer("max_symbols_per_step", default: 10, in: 1...1_000)
    let network = section(
      ("joint_hidden", .integer(width)),
      ("activation", .text(try root.text("hidden_act") ?? "relu")))
    return [
      entry(
        "decoder",
        section(
          (
            "prednet",
            section(("pred_hidden", .integer(width)), ("pred_rnn_layers", .integer(layers)))
          ))),
      entry(
        "joint",
        section(
          classes, ("num_extra_outputs", .integer(durations.count)), ("jointnet", network))),
      entry(
        "decoding",
        section(
          ("durations", .list(durations.map { .integer($0) })),
          ("greedy", section(("max_symbols", .integer(limit)))))),
    ]
  }

  private func entry(_ key: String, _ value: Document) -> Document.Entry {
    Document.Entry(key: key, value: value)
  }

  private func section(_ entries: (String, Document)...) -> Document {
    .section(entries.map { entry($0.0, $0.1) })
  }
}
