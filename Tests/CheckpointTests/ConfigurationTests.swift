import Checkpoint
import TestSupport
import Testing

@Suite struct ConfigurationTests {
  /// The least that a transducer's configuration says.
  private let minimal = """
    target: nemo.collections.asr.models.rnnt_bpe_models.EncDecRNNTBPEModel
    tokenizer: {model_path: "nemo:x_tokenizer.model"}
    encoder: {n_layers: 2, d_model: 64, subsampling: dw_striding, subsampling_factor: 8}
    decoder: {prednet: {pred_hidden: 32}}
    joint: {num_classes: 10, jointnet: {joint_hidden: 48}}
    """

  private func parse(_ yaml: String) throws -> ModelConfiguration {
    try ModelConfiguration(yaml: mapped(Array(yaml.utf8)))
  }

  /// The minimal configuration with a section's settings replaced or added.
  private func parse(_ section: String, _ settings: String) throws -> ModelConfiguration {
    var lines = minimal.split(separator: "\n").map(String.init)
    if let index = lines.firstIndex(where: { $0.hasPrefix("\(section): {") }) {
      lines[index] = String(lines[index].dropLast()) + ", \(settings)}"
    } else {
      lines.append("\(section): {\(settings)}")
    }
    return try parse(lines.joined(separator: "\n"))
  }

  @Test func takesNeMosDefaults() throws {
    let model = try parse(minimal)
    #expect(model.target == "EncDecRNNTBPEModel")
    #expect(model.preprocessor == ModelConfiguration.Preprocessor())
    #expect(model.preprocessor.window == 320)
    #expect(model.preprocessor.fftSize == 512)
    var encoder = ModelConfiguration.Encoder()
    (encoder.layers, encoder.width, encoder.subsamplingChannels) = (2, 64, 64)
    #expect(model.encoder == encoder)
    #expect(model.encoder.convolutionKernel == 31)
    var transducer = ModelConfiguration.Transducer()
    (transducer.predictionWidth, transducer.jointWidth) = (32, 48)
    #expect(model.transducer == transducer)
    #expect(model.tokenizerFile == "x_tokenizer.model")
    #expect(model.segmentSeparators == [".", "?", "!"])
    #expect(model.segmentGapThreshold == nil)
  }

  @Test func readsWhatIsSaid() throws {
    #expect(try parse("preprocessor", "window_size: 0.03").preprocessor.fftSize == 512)
    #expect(try parse("preprocessor", "window_size: 0.04").preprocessor.fftSize == 1024)
    #expect(try parse("preprocessor", "preemph: null").preprocessor.preemphasis == 0)
    #expect(try parse("preprocessor", "log_zero_guard_value: 5.9604645e-08").vocabularySize == 10)
    let endless = try parse("decoding", "greedy: {max_symbols: null}")
    #expect(endless.transducer?.maxSymbolsPerFrame == nil)
    let limited = try parse("decoding", "greedy: {max_symbols_per_step: 5}")
    #expect(limited.transducer?.maxSymbolsPerFrame == 5)
    let either = try parse("decoding", "greedy: {max_symbols: null, max_symbols_per_step: 5}")
    #expect(either.transducer?.maxSymbolsPerFrame == 5)
    let both = try parse("decoding", "greedy: {max_symbols: 3, max_symbols_per_step: 5}")
    #expect(both.transducer?.maxSymbolsPerFrame == 3)
    #expect(try !parse("encoder", "untie_biases: false").encoder.untieBiases)
    let tied =
      "self_attention_model: rel_pos_local_attn, att_context_size: [5, 5], untie_biases: false"
    #expect(try parse("encoder", tied).encoder.untieBiases)
    let segments = try parse("decoding", "segment_seperators: ['。'], segment_gap_threshold: 9")
    #expect(segments.segmentSeparators == ["。"])
    #expect(segments.segmentGapThreshold == 9)
    #expect(
      try parse("encoder", "att_context_size: [[-1, -1], [70, 1]]").encoder.attention == .full)
    let local = "self_attention_model: rel_pos_local_attn, att_context_size: [128, 64]"
    #expect(try parse("encoder", local).encoder.attention == .local(left: 128, right: 64))
    #expect(
      try parse("encoder", "conv_norm_type: layer_norm").encoder.convolutionNorm == .layerNorm)
    let text = minimal + "\nmodel_defaults: {tdt_durations: [0, 1]}"
    let tdt = text.replacing("num_classes: 10", with: "num_classes: 10, num_extra_outputs: 2")
    #expect(try parse(tdt).transducer?.durations == [0, 1])
    #expect(try parse(text).transducer?.durations == [])
  }

  @Test(arguments: [
    ("encoder", "causal_downsampling: true", "encoder.causal_downsampling"),
    ("encoder", "conv_context_size: causal", "encoder.conv_context_size"),
    ("encoder", "att_context_style: chunked_limited", "encoder.att_context_style"),
    ("encoder", "reduction: striding", "encoder.reduction"),
    ("encoder", "att_context_size: [70, 1]", "encoder.att_context_size"),
    ("encoder", "att_context_size: [70]", "encoder.att_context_size"),
    ("encoder", "self_attention_model: rel_pos_local_attn", "encoder.att_context_size"),
    ("encoder", "self_attention_model: abs_pos", "encoder.self_attention_model"),
    ("encoder", "n_heads: 7", "encoder.n_heads"), ("encoder", "n_heads: 0", "encoder.n_heads"),
    ("encoder", "conv_kernel_size: 8", "encoder.conv_kernel_size"),
    ("encoder", "ff_expansion_factor: 1000000", "encoder.ff_expansion_factor"),
    ("encoder", "use_bias: maybe", "encoder.use_bias"),
    ("encoder", "feat_in: 81", "encoder.feat_in"),
    ("encoder", "conv_norm_type: group_norm", "encoder.conv_norm_type"),
    ("encoder", "subsampling_conv_channels: 0", "encoder.subsampling_conv_channels"),
    ("preprocessor", "normalize: all_features", "preprocessor.normalize"),
    ("preprocessor", "sample_rate: 8000", "preprocessor.sample_rate"),
    ("preprocessor", "n_fft: 256", "preprocessor.n_fft"),
    ("preprocessor", "window_size: nan", "preprocessor.window_size"),
    ("preprocessor", "window: hamming", "preprocessor.window"),
    ("preprocessor", "mag_power: 1.0", "preprocessor.mag_power"),
    ("preprocessor", "frame_splicing: 3", "preprocessor.frame_splicing"),
    ("decoder", "blank_as_pad: false", "decoder.blank_as_pad"),
    ("decoder", "normalization_mode: layer", "decoder.normalization_mode"),
    ("joint", "num_extra_outputs: 3", "decoding.durations"),
    ("decoding", "durations: [0, 1]", "decoding.durations"),
    ("decoding", "durations: [-1]", "decoding.durations"),
    ("decoding", "greedy: {max_symbols: 0}", "decoding.greedy.max_symbols"),
    ("decoding", "greedy: {max_symbols: 65536}", "decoding.greedy.max_symbols"),
    ("decoding", "segment_gap_threshold: soon", "decoding.segment_gap_threshold"),
    ("aux_ctc", "decoder: {num_classes: 11}", "aux_ctc.decoder.num_classes"),
  ])
  func refusesWhatItDoesNotDo(section: String, setting: String, key: String) {
    #expect {
      _ = try parse(section, setting)
    } throws: { error in
      "\(error)".contains("\(key) is ")
    }
  }

  @Test func refusesOtherModels() {
    for (old, new, key) in [
      ("EncDecRNNTBPEModel", "EncDecMultiTaskModel", "target"),
      ("dw_striding", "striding", "subsampling"),
      ("subsampling_factor: 8", "x: 8", "subsampling_factor"),
      ("num_classes: 10", "x: 1", "num_classes"),
      ("num_classes: 10", "num_classes: 10, vocabulary: [a]", "num_classes"),
      ("d_model: 64", "x: 1", "d_model"),
      ("model_path", "dir", "model_path"), ("pred_hidden: 32", "x: 1", "pred_hidden"),
    ] {
      #expect {
        _ = try parse(minimal.replacing(old, with: new))
      } throws: { error in
        "\(error)".contains(key)
      }
    }
  }

  @Test func survivesHostileYAML() {
    let bomb = (1..<30).reduce("a0: &a0 [x]") { text, level in
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      return text + "\na\(level): &a\(level) [\(aliases)]"
    }
    let keys = (1..<14).reduce("? &a0 [x]\n: 1") { text, level in
      text + "\n? &a\(level) [*a\(level - 1), *a\(level - 1)]\n: 1"
    }
    let deep = String(repeating: "[", count: 100_000)
    let dashes = String(repeating: "- ", count: 100_000)
    let steps = (0..<900).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
    for text in [
      bomb, keys, deep, dashes, steps, "", "{", "a: b: c", "\u{0}", "- 1", "a: *b", "!!x y: 1",
    ] {
      #expect(throws: CheckpointError.self) { try parse(text) }
    }
    let big = [UInt8](repeating: 0x20, count: 9 << 20)
    #expect(throws: CheckpointError.self) { try ModelConfiguration(yaml: mapped(big)) }
    #expect(throws: CheckpointError.self) { try ModelConfiguration(yaml: mapped([0x61, 0xff])) }
  }
}
