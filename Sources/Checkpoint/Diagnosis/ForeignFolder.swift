internal import System

extension ForeignFile {
  /// Tells what a folder is that has no model of ours in it.
  ///
  /// - Parameters:
  ///   - folder: Its path.
  ///   - settings: What its `config.json` says, where there is one.
  package init(folder: String, settings: Document? = nil) {
    let names = folderEntries(folder).sorted()
    let formats: [(suffix: String, format: String)] = [
      (".onnx", "ONNX"), (".gguf", "GGUF of llama.cpp"), (".mlmodelc", "Core ML"),
      (".mlpackage", "Core ML"), (".tflite", "TensorFlow Lite"), (".mdl", "Kaldi"),
    ]
    if let archive = names.first(where: { $0.hasSuffix(".nemo") && !$0.hasPrefix(".") }) {
      self = .folder(holding: archive)
    } else if names.contains(where: { $0.hasPrefix("encoder-model") && $0.hasSuffix(".onnx") }) {
      // Its configuration looks like that of transformers.
      self = .format("ONNX of onnx-asr")
    } else if let kind = Self.transformersKind(settings) {
      self = .transformers(kind: kind)
    } else if let found = formats.first(where: { format in
      names.contains { $0.hasSuffix(format.suffix) }
    }) {
      self = .format(found.format)
    } else if names.contains(where: { $0.hasPrefix("ggml-") }) {
      self = .format("ggml of whisper.cpp")
    } else if names.contains("model.bin") {
      self = .format("CTranslate2 of faster-whisper")
    } else if names.contains("data.pkl") || names.contains("model_weights.ckpt") {
      self = .torchWeights
    } else if names.contains("am"), names.contains("graph") {
      self = .format("Vosk")
    } else {
      self = .emptyFolder
    }
  }

  private static func transformersKind(_ settings: Document?) -> String? {
    if case .text(let kind)? = settings?["model_type"] { return kind }
    if case .list(let classes)? = settings?["architectures"], case .text(let name)? = classes.first
    {
      return name
    }
    return nil
  }
}
