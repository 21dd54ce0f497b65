/// A network that NeMo has and this program does not run.
package enum Architecture: Sendable, Equatable {
  /// Canary: a Transformer writes the text, told what to do by a prompt.
  case multitask
  /// The language is part of the input.
  case prompted
  /// Letters instead of word pieces.
  case characters
  /// Tokenizers of several languages in one.
  case severalTokenizers
  /// An encoder that hears in chunks, or looks ahead less.
  case streaming
  /// Conformer as it was before FastConformer, or with attention of another kind.
  case otherConformer
  /// QuartzNet, Citrinet, ContextNet and their kind.
  case convolutional
  /// An encoder of any other kind.
  case otherEncoder
  /// A prediction network without memory.
  case stateless
  /// HAT: blank is decided apart from tokens.
  case factorizedBlank
  /// A decoder or joint network of any other kind.
  case otherDecoder
  /// Features other than log-mels.
  case otherFeatures
  /// An encoder that was trained alone.
  case pretrained
  /// It tells speakers, languages or sounds.
  case classifier
  /// It speaks.
  case speechSynthesis
  /// It answers or translates.
  case languageModel
  /// Any other class.
  case other
}

extension Architecture: CustomStringConvertible {
  /// What is not supported, as the end of an error's line.
  package var description: String {
    switch self {
    case .multitask: "multitask models such as Canary, which decode with a Transformer, do not run"
    case .prompted: "models that are prompted with a language do not run"
    case .characters: "models that write letters instead of word pieces do not run"
    case .severalTokenizers: "models with a tokenizer for each language do not run"
    case .streaming: "encoders for streaming, causal or in chunks, do not run"
    case .otherConformer: "of Conformers only FastConformer runs, with relative positions"
    case .convolutional: "convolutional encoders such as QuartzNet and Citrinet do not run"
    case .otherEncoder: "only ConformerEncoder runs"
    case .stateless: "stateless prediction networks do not run, only the LSTM of RNNTDecoder"
    case .factorizedBlank: "joint networks with a blank of their own (HAT) do not run"
    case .otherDecoder: "only RNNTDecoder with RNNTJoint and ConvASRDecoder run"
    case .otherFeatures: "only AudioToMelSpectrogramPreprocessor runs"
    case .pretrained: "encoders without a decoder write no text"
    case .classifier: "models that tell speakers, languages or sounds apart write no text"
    case .speechSynthesis: "models that speak write no text"
    case .languageModel: "language models do not run"
    case .other: "only EncDecRNNTBPEModel, EncDecHybridRNNTCTCBPEModel and EncDecCTCModelBPE run"
    }
  }
}

extension Architecture {
  /// What a class of NeMo's is that this program does not run.
  ///
  /// - Parameters:
  ///   - path: The class with its module, from `_target_` or `target`.
  ///   - general: What to call a class that is not known.
  init(named path: String, else general: Architecture) {
    let name = path.split(separator: ".").last.map(String.init) ?? ""
    let modules: [(part: String, kind: Architecture)] = [
      (".tts.", .speechSynthesis), (".speechlm", .languageModel), (".multimodal", .languageModel),
      (".llm.", .languageModel), (".nlp.", .languageModel),
    ]
    let names: [(part: String, kind: Architecture)] = [
      ("MultiTask", .multitask), ("Transf", .multitask), ("Prompt", .prompted),
      ("SALM", .languageModel), ("SpeakerLabel", .classifier), ("Classification", .classifier),
      ("Sortformer", .classifier), ("Diar", .classifier), ("Intent", .classifier),
      ("RegressionModel", .classifier), ("SpeechEncDecSelfSupervised", .pretrained),
      ("MaskedToken", .pretrained), ("Stateless", .stateless), ("HATJoint", .factorizedBlank),
      ("ConvASREncoder", .convolutional), ("Jasper", .convolutional),
      ("Squeezeformer", .otherConformer), ("RNNEncoder", .otherEncoder),
    ]
    let letters = [
      "EncDecRNNTModel", "EncDecCTCModel", "EncDecHybridRNNTCTCModel", "EncDecCTCModelPhoneme",
    ]
    self =
      modules.first { path.contains($0.part) }?.kind
      ?? (letters.contains(name) ? .characters : nil)
      ?? names.first { name.contains($0.part) }?.kind ?? general
  }
}
