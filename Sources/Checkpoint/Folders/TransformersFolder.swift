internal import System

/// A model as Hugging Face's transformers save it: `config.json`, tensors under names of their own
/// and `tokenizer.json`.
///
/// What it says is told in NeMo's words, so that everything that follows knows one kind of model.
enum TransformersFolder {
  /// Whether a configuration is that of a Parakeet.
  static func recognises(_ settings: Document) -> Bool {
    guard case .text(let kind)? = settings["model_type"] else { return false }
    return kind.hasPrefix("parakeet_")
  }

  /// Opens a folder.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - settings: What its `config.json` says.
  /// - Returns: The model, with its weights still on disk.
  /// - Throws: `CheckpointError` that says what is wrong with one of the files.
  static func open(_ path: String, _ settings: Document) throws(CheckpointError) -> Checkpoint {
    let stored = try SafetensorsFolder.open(path)
    var tensors: [String: StoredTensor] = [:]
    for (name, tensor) in stored.tensors { tensors[nemoName(of: name)] = tensor }
    let file = "\(path)/\(ModelFolder.configurationFile)"
    let translation = TransformersSettings(
      Settings(settings, path: file), features: try features(path),
      hasConvolutionBias: tensors["encoder.layers.0.conv.pointwise_conv1.bias"] != nil)
    let nemo = try translation.nemo()
    let configuration = try ModelConfiguration(nemo, path: file)
    var made = MadeTensors()
    made.addFeatures(configuration.preprocessor)
    try Self.addStart(to: &made, tensors, blank: configuration.vocabularySize)
    let extra = try made.mapped(path: path)
    let tokenizer = FileRegion(try MappedFile(path: "\(path)/tokenizer.json"))
    return try Checkpoint(
      path: path, settings: nemo,
      tokenizerModel: TokenizerJSON(tokenizer).sentencePieceModel(
        pieces: configuration.vocabularySize),
      weights: (stored.files + [extra.file], tensors.merging(extra.tensors) { _, made in made }))
  }

  /// What the files for the processor say of features; nothing where there is none.
  private static func features(_ path: String) throws(CheckpointError) -> Settings {
    for (name, section) in [
      ("processor_config.json", "feature_extractor"), ("preprocessor_config.json", ""),
    ] {
      let file = "\(path)/\(name)"
      guard (try? FileStatus(of: file)) != nil else { continue }
      let document = try FileRegion(MappedFile(path: file)).json()
      let settings = Settings(document, path: file)
      if section.isEmpty { return settings }
      if settings.has(section) { return settings.section(section) }
    }
    return Settings(.section([]), path: path)
  }

  /// Lets the prediction network begin as transformers do: with the blank's row of the embedding,
  /// where NeMo has a vector of zeros, and no other use for that row.
  ///
  /// With all rows less the blank's, and what the blank's adds to the gates in their bias, both are
  /// the same. Models that NeMo has trained have zeros there, and stay as they are.
  private static func addStart(
    to made: inout MadeTensors, _ tensors: [String: StoredTensor], blank: Int
  ) throws(CheckpointError) {
    let names = (
      embedding: "decoder.prediction.embed.weight",
      weights: "decoder.prediction.dec_rnn.lstm.weight_ih_l0",
      bias: "decoder.prediction.dec_rnn.lstm.bias_ih_l0"
    )
    guard let stored = tensors[names.embedding], let gates = tensors[names.weights],
      let offsets = tensors[names.bias], stored.shape.count == 2, stored.shape[0] == blank + 1,
      gates.shape == [4 * stored.shape[1], stored.shape[1]], offsets.shape == [gates.shape[0]]
    else { return }
    let (embedding, weights, bias) = (
      try stored.floats(), try gates.floats(), try offsets.floats()
    )
    let width = stored.shape[1]
    withExtendedLifetime((embedding, weights, bias)) {
      let start = Array(embedding.values[blank * width..<(blank + 1) * width])
      guard start.contains(where: { $0 != 0 }) else { return }
      made.add(
        names.embedding, stored.shape,
        embedding.values.enumerated().map { $0.element - start[$0.offset % width] })
      made.add(
        names.bias, offsets.shape,
        bias.values.enumerated().map { gate, value in
          let row = weights.values[gate * width..<(gate + 1) * width]
          return Float(zip(row, start).reduce(Double(value)) { $0 + Double($1.0) * Double($1.1) })
        })
    }
  }

  /// NeMo's name of a tensor.
  static func nemoName(of name: String) -> String {
    for (theirs, ours) in prefixes where name.hasPrefix(theirs) {
      return ours + name.dropFirst(theirs.count)
    }
    guard name.hasPrefix("encoder.layers.") else { return name }
    for (theirs, ours) in parts {
      if let range = name.firstRange(of: theirs) {
        return name.replacingSubrange(range, with: ours)
      }
    }
    return name
  }

  private static let prefixes = [
    ("encoder.subsampling.layers.", "encoder.pre_encode.conv."),
    ("encoder.subsampling.linear.", "encoder.pre_encode.out."),
    ("ctc_head.", "decoder.decoder_layers.0."),
    ("decoder.embedding.", "decoder.prediction.embed."),
    ("decoder.lstm.", "decoder.prediction.dec_rnn.lstm."),
    ("decoder.decoder_projector.", "joint.pred."), ("encoder_projector.", "joint.enc."),
    ("joint.head.", "joint.joint_net.2."),
  ]

  private static let parts = [
    (".conv.norm.", ".conv.batch_norm."), (".self_attn.q_proj.", ".self_attn.linear_q."),
    (".self_attn.k_proj.", ".self_attn.linear_k."), (".self_attn.v_proj.", ".self_attn.linear_v."),
    (".self_attn.o_proj.", ".self_attn.linear_out."),
    (".self_attn.relative_k_proj.", ".self_attn.linear_pos."),
    (".self_attn.bias_u", ".self_attn.pos_bias_u"), (".self_attn.bias_v", ".self_attn.pos_bias_v"),
  ]
}

extension String {
  fileprivate func replacingSubrange(_ range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
