internal import System

/// A folder with NeMo's configuration as `config.json` and its tensors as safetensors, as programs
/// for MLX have them.
///
/// MLX has channels last, one bias for each layer of an LSTM, and no filter bank; which of both
/// layouts a folder has is seen by the first convolution's shape.
enum NemoTensorsFolder {
  /// Whether a configuration is one of NeMo's.
  static func recognises(_ settings: Document) -> Bool {
    guard case .text(let target)? = settings["target"], settings["encoder"] != nil else {
      return false
    }
    return target.contains("nemo.collections.") || target.hasPrefix("EncDec")
  }

  /// Opens a folder.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - settings: What its `config.json` says.
  /// - Returns: The model, with its weights still on disk.
  /// - Throws: `CheckpointError` that says what is wrong with one of the files.
  static func open(_ path: String, _ settings: Document) throws(CheckpointError) -> Checkpoint {
    let file = "\(path)/\(ModelFolder.configurationFile)"
    let root = Settings(settings, path: file)
    try root.require("quantization", !root.has("quantization"), only: "null")
    let configuration = try ModelConfiguration(settings, path: file)
    let stored = try SafetensorsFolder.open(path)
    var tensors: [String: StoredTensor] = [:]
    var made = MadeTensors()
    let own = ["fb", "window"].allSatisfy { stored.tensors["preprocessor.featurizer.\($0)"] != nil }
    if !own { made.addFeatures(configuration.preprocessor) }
    let hasChannelsLast =
      stored.tensors["encoder.pre_encode.conv.0.weight"]?.shape.suffix(3) == [3, 3, 1]
    for (name, tensor) in stored.tensors {
      let (ours, zeros) = torchName(of: name)
      if let zeros { made.add(zeros, tensor.shape, Array(repeating: 0, count: tensor.count)) }
      tensors[ours] = hasChannelsLast && isConvolution(name) ? tensor.withChannelsFirst : tensor
    }
    let extra = try made.isEmpty ? nil : made.mapped(path: path)
    return try Checkpoint(
      path: path, settings: settings, tokenizerModel: tokenizer(path, settings, configuration),
      weights: (
        stored.files + (extra.map { [$0.file] } ?? []),
        tensors.merging(extra?.tensors ?? [:]) { _, made in made }
      ))
  }

  /// The name that torch has for a tensor of an LSTM's, and the one for which zeros stand in.
  private static func torchName(of name: String) -> (String, zeros: String?) {
    let prefix = "decoder.prediction.dec_rnn.lstm."
    let parts = name.dropFirst(prefix.count).split(separator: ".")
    guard name.hasPrefix(prefix), parts.count == 2, let layer = Int(parts[0]) else {
      return (name, nil)
    }
    switch parts[1] {
    case "Wx": return ("\(prefix)weight_ih_l\(layer)", nil)
    case "Wh": return ("\(prefix)weight_hh_l\(layer)", nil)
    case "bias": return ("\(prefix)bias_ih_l\(layer)", "\(prefix)bias_hh_l\(layer)")
    default: return (name, nil)
    }
  }

  private static func isConvolution(_ name: String) -> Bool {
    name.hasSuffix(".weight")
      && (name.hasPrefix("encoder.pre_encode.conv.") || name.contains("_conv")
        || name.contains("decoder_layers."))
  }

  /// The tokenizer's file; where there is none, the pieces that the configuration lists.
  private static func tokenizer(
    _ path: String, _ settings: Document, _ configuration: ModelConfiguration
  ) throws(CheckpointError) -> [UInt8] {
    let names =
      [ModelFolder.tokenizerFile]
      + folderEntries(path).sorted().filter {
        $0.hasSuffix("_tokenizer.model")
      }
    for name in names where (try? FileStatus(of: "\(path)/\(name)")) != nil {
      return try FileRegion(MappedFile(path: "\(path)/\(name)")).tokenizerModel()
    }
    let holder = configuration.transducer == nil ? "decoder" : "joint"
    guard case .list(let values)? = settings[holder]?["vocabulary"] else {
      throw .unreadable(
        path: "\(path)/\(ModelFolder.tokenizerFile)", reason: "No such file or directory")
    }
    var model = SentencePieceWriter()
    for (id, value) in values.enumerated() {
      guard case .text(let piece) = value else {
        throw .malformed(
          path: "\(path)/\(ModelFolder.configurationFile)",
          reason: "\(holder).vocabulary holds something other than texts")
      }
      model.add(piece, score: -Float(id), SentencePieceWriter.kind(of: piece, among: values.count))
    }
    return model.bytes(rules: [])
  }
}
