import Checkpoint
import TestSupport
import Testing

/// Networks that look alike are told apart by their classes.
@Suite struct ArchitectureTests {
  private static let transducer = """
    target: nemo.collections.asr.models.rnnt_bpe_models.EncDecRNNTBPEModel
    tokenizer: {type: bpe, model_path: "nemo:x_tokenizer.model"}
    preprocessor: {_target_: nemo.collections.asr.modules.AudioToMelSpectrogramPreprocessor}
    encoder: {_target_: nemo.collections.asr.modules.ConformerEncoder, n_layers: 2, d_model: 64, \
    subsampling: dw_striding, subsampling_factor: 8}
    decoder: {_target_: nemo.collections.asr.modules.RNNTDecoder, prednet: {pred_hidden: 32}}
    joint: {_target_: nemo.collections.asr.modules.RNNTJoint, num_classes: 10, \
    jointnet: {joint_hidden: 48}}
    """

  private func parse(_ yaml: String) throws -> ModelConfiguration {
    try ModelConfiguration(yaml: mapped(Array(yaml.utf8)))
  }

  @Test func theirOwnClassesRun() throws {
    #expect(try parse(Self.transducer).vocabularySize == 10)
    let short = Self.transducer.replacing("nemo.collections.asr.modules.", with: "")
    #expect(try parse(short).vocabularySize == 10)
    let moved = Self.transducer.replacing(
      "modules.ConformerEncoder", with: "modules.conformer_encoder.ConformerEncoder")
    #expect(try parse(moved).vocabularySize == 10)
    let old = Self.transducer.replacing("_target_", with: "cls")
    #expect(try parse(old).vocabularySize == 10)
  }

  private static let others: [(String, String, String, Architecture)] = [
    (
      "models.rnnt_bpe_models.EncDecRNNTBPEModel",
      "models.aed_multitask_models.EncDecMultiTaskModel", "target", Architecture.multitask
    ),
    ("EncDecRNNTBPEModel", "EncDecRNNTBPEModelWithPrompt", "target", .prompted),
    ("EncDecRNNTBPEModel", "EncDecRNNTModel", "target", .characters),
    ("EncDecRNNTBPEModel", "EncDecSpeakerLabelModel", "target", .classifier),
    ("EncDecRNNTBPEModel", "SortformerEncLabelModel", "target", .classifier),
    (
      "asr.models.rnnt_bpe_models.EncDecRNNTBPEModel", "tts.models.FastPitchModel", "target",
      .speechSynthesis
    ),
    (
      "asr.models.rnnt_bpe_models.EncDecRNNTBPEModel", "speechlm2.models.SALM", "target",
      .languageModel
    ),
    ("EncDecRNNTBPEModel", "EncDecDenoiseMaskedTokenPredModel", "target", .pretrained),
    ("nemo.collections.asr.models.rnnt_bpe_models.EncDec", "mine.EncDec", "target", .other),
    ("modules.AudioToMelSpec", "modules.AudioToMFCCSpec", "preprocessor._target_", .otherFeatures),
    ("modules.ConformerEncoder", "modules.ConvASREncoder", "encoder._target_", .convolutional),
    (
      "modules.ConformerEncoder", "modules.SqueezeformerEncoder", "encoder._target_",
      .otherConformer
    ),
    ("modules.ConformerEncoder", "modules.RNNEncoder", "encoder._target_", .otherEncoder),
    ("modules.RNNTDecoder", "modules.StatelessTransducerDecoder", "decoder._target_", .stateless),
    ("modules.RNNTDecoder", "modules.ConvASRDecoder", "decoder._target_", .otherDecoder),
    ("modules.RNNTJoint", "modules.HATJoint", "joint._target_", .factorizedBlank),
    ("modules.RNNTJoint", "modules.SampledRNNTJoint", "joint._target_", .otherDecoder),
    ("type: bpe", "type: agg", "tokenizer.type", .severalTokenizers),
    ("dw_striding", "striding", "encoder.subsampling", .otherConformer),
    (
      "factor: 8", "factor: 8, self_attention_model: abs_pos", "encoder.self_attention_model",
      .otherConformer
    ),
    (
      "factor: 8", "factor: 8, att_context_style: chunked_limited", "encoder.att_context_style",
      .streaming
    ),
    (
      "factor: 8", "factor: 8, causal_downsampling: true", "encoder.causal_downsampling",
      .streaming
    ),
    ("factor: 8", "factor: 8, conv_context_size: causal", "encoder.conv_context_size", .streaming),
  ]

  @Test(arguments: others) func othersAreNamed(
    old: String, new: String, key: String, kind: Architecture
  ) throws {
    let error = try #require(throws: CheckpointError.self) {
      try parse(Self.transducer.replacing(old, with: new))
    }
    guard case .unsupported(_, .architecture(key, _, kind)) = error else {
      Issue.record("\(error)")
      return
    }
    #expect("\(error)".contains("\(key) is "))
  }
}
