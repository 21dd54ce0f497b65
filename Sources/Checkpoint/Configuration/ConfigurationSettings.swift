extension ModelConfiguration {
  /// Reads NeMo's `model_config.yaml`.
  ///
  /// - Parameters:
  ///   - yaml: The text.
  ///   - name: What to call it in an error.
  /// - Throws: `CheckpointError` that names the key, for a model that cannot be run as well as for
  ///   a damaged text.
  package init(yaml: FileRegion, name: String = "model_config.yaml") throws(CheckpointError) {
    try self.init(Document(yaml: yaml, name: name), path: yaml.file.path)
  }

  /// Reads the settings of `model_config.yaml`, whatever they were stored as.
  init(_ document: Document, path: String) throws(CheckpointError) {
    guard case .section = document else {
      throw .nonsense(path: path, reason: "the configuration is no mapping")
    }
    self.init()
    let root = Settings(document, path: path)
    target = try NetworkClasses.model(root)
    preprocessor = try Preprocessor(root.section("preprocessor"))
    encoder = try Encoder(root.section("encoder"), mels: preprocessor.mels)

    let isPureCTC = target == "EncDecCTCModelBPE"
    if !isPureCTC {
      transducer = try Transducer(root, encoderWidth: encoder.width)
    }
    hasCTC = isPureCTC || root.has("aux_ctc")
    vocabularySize = try Self.vocabularySize(root.section(isPureCTC ? "decoder" : "joint"))
    if hasCTC, !isPureCTC {
      let head = root.section("aux_ctc").section("decoder")
      guard try Self.vocabularySize(head) == vocabularySize else {
        throw head.nonsense("num_classes", "expected \(vocabularySize), as in joint.num_classes")
      }
    }
    tokenizerFile = try Self.tokenizerFile(root.section("tokenizer"))

    let decoding = root.section("decoding")
    if let separators = try decoding.list("segment_seperators") {
      segmentSeparators = try separators.map { separator throws(CheckpointError) in
        guard case .text(let text) = separator else {
          throw decoding.nonsense("segment_seperators", "expected a list of texts")
        }
        return text
      }
    }
    segmentGapThreshold = try decoding.integer("segment_gap_threshold", in: 0...1_000_000)
  }

  private static func vocabularySize(_ head: Settings) throws(CheckpointError) -> Int {
    let pieces = try head.list("vocabulary")?.count
    let classes = try head.integer("num_classes", default: -1, in: -1...1_000_000)
    let size = classes > 0 ? classes : pieces ?? 0
    guard size > 0, pieces ?? size == size else {
      throw head.nonsense("num_classes", "expected the number of word pieces in vocabulary")
    }
    return size
  }

  /// The archive's member, from `nemo:<member>`.
  private static func tokenizerFile(_ tokenizer: Settings) throws(CheckpointError) -> String {
    let type = try tokenizer.text("type") ?? "bpe"
    guard type != "agg" else { throw tokenizer.architecture("type", .severalTokenizers) }
    try tokenizer.require("type", type == "bpe", only: "bpe, a SentencePiece model,")
    guard let path = try tokenizer.text("model_path") else {
      throw tokenizer.nonsense("model_path", "expected the SentencePiece model's file")
    }
    return path.hasPrefix("nemo:") ? String(path.dropFirst(5)) : path
  }
}
