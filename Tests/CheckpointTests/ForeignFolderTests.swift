import Checkpoint
import Foundation
import TestSupport
import Testing

/// What can be wrong with folders of other programs is said, file by file and key by key.
@Suite struct ForeignFolderTests {
  private static let fixtures = Fixtures.committed.appending(path: "folders")
  private let place: TemporaryFolder

  init() throws { place = try TemporaryFolder() }

  /// A copy of a fixture's folder.
  private func copy(of name: String) throws -> String {
    let path = "\(place.path)/\(name)"
    try FileManager.default.copyItem(
      atPath: Self.fixtures.appending(path: name).path, toPath: path)
    return path
  }

  private func change(_ file: String, _ old: String, _ new: String) throws {
    let url = URL(fileURLWithPath: file)
    let text = try String(contentsOf: url, encoding: .utf8)
    #expect(text.contains(old), "\(file) holds no \(old)")
    try text.replacing(old, with: new).write(to: url, atomically: true, encoding: .utf8)
  }

  private func problem(of folder: String) -> CheckpointError? {
    do {
      _ = try Checkpoint.open(folder)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: ["ctc", "rnnt", "tdt", "mlx"]) func opens(kind: String) throws {
    let model = try Checkpoint.open(Self.fixtures.appending(path: kind).path)
    #expect(model.configuration.vocabularySize == 128)
    #expect((model.configuration.transducer == nil) == (kind == "ctc"))
    #expect(model.configuration.hasCTC == ["ctc", "mlx"].contains(kind))
    try model.check()
  }

  @Test(arguments: [
    (
      "config.json", "\"model_type\": \"parakeet_tdt\"", "\"model_type\": \"parakeet_encoder\"",
      "encoders without a decoder write no text"
    ),
    (
      "config.json", "\"model_type\": \"parakeet_tdt\"", "\"model_type\": \"parakeet_new\"",
      "only RNNTDecoder"
    ),
    ("config.json", "\"blank_token_id\": 128", "\"blank_token_id\": 2", "blank_token_id is 2"),
    ("config.json", "\"hidden_act\": \"silu\"", "\"hidden_act\": \"gelu\"", "only silu"),
    ("config.json", "\"intermediate_size\": 48", "\"intermediate_size\": 50", "a multiple of"),
    ("config.json", "\"attention_bias\": false", "\"attention_bias\": true", "attention_bias is"),
    ("config.json", "\"subsampling_factor\": 8", "\"subsampling_factor\": 4", "subsampling_factor"),
    (
      "config.json", "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3",
      "tensor encoder.layers.2."
    ),
    ("config.json", "\"hidden_size\": 24", "\"hidden_size\": \"wide\"", "hidden_size is \"wide\""),
    ("config.json", "\"vocab_size\": 129", "\"vocab_size\": 1", "vocab_size is 1"),
    ("config.json", "{", "{{", "config.json: "),
    (
      "preprocessor_config.json", "\"sampling_rate\": 16000", "\"sampling_rate\": 8000",
      "sample_rate is 8000"
    ),
    ("preprocessor_config.json", "\"feature_size\": 32", "\"feature_size\": 40", "feat_in is 32"),
    ("tokenizer.json", "\"type\": \"BPE\"", "\"type\": \"Unigram\"", "only BPE"),
    ("tokenizer.json", "\"<unk>\": 0", "\"<unk>\": 500", "no piece 0 of 128"),
    ("tokenizer.json", "\"merges\"", "\"merged\"", "it has no merges"),
    (
      "tokenizer.json", "\"normalizer\": null", "\"normalizer\": {\"type\": \"Lowercase\"}",
      "only Precompiled"
    ),
    (
      "tokenizer.json", "\"normalizer\": null",
      "\"normalizer\": {\"type\": \"Precompiled\", \"precompiled_charsmap\": \"a!\"}",
      "precompiled_charsmap is damaged"
    ),
    (
      "model.safetensors.index.json", "model-00002-of-00003.safetensors", "../x.safetensors",
      "which is no file of the folder's"
    ),
    (
      "model.safetensors.index.json", "model-00002-of-00003.safetensors", "gone.safetensors",
      "No such file"
    ),
    ("model.safetensors.index.json", "\"weight_map\"", "\"map\"", "it has no weight_map"),
  ])
  func mistakesAreNamed(file: String, old: String, new: String, reason: String) throws {
    let folder = try copy(of: "tdt")
    try change("\(folder)/\(file)", old, new)
    let description = problem(of: folder)?.description ?? "nothing"
    #expect(description.contains(reason), "\(description)")
    #expect(description.hasPrefix(place.path))
  }

  @Test func missingFilesAreNamed() throws {
    for file in ["tokenizer.json", "model-00002-of-00003.safetensors"] {
      let folder = try copy(of: "tdt")
      try FileManager.default.removeItem(atPath: "\(folder)/\(file)")
      #expect(
        problem(of: folder)
          == .unreadable(path: "\(folder)/\(file)", reason: "No such file or directory"))
      try FileManager.default.removeItem(atPath: folder)
    }
  }

  /// Two files may not have the same tensor, and quantised weights are no floats.
  @Test func ambiguityIsRefused() throws {
    let folder = try copy(of: "tdt")
    let (one, two) = (
      "\(folder)/model-00001-of-00003.safetensors", "\(folder)/model-00002-of-00003.safetensors"
    )
    try FileManager.default.removeItem(atPath: two)
    try FileManager.default.copyItem(atPath: one, toPath: two)
    #expect(problem(of: folder)?.description.contains("is in another file too") == true)
    let quantised = try copy(of: "mlx")
    try change(
      "\(quantised)/config.json", "\"target\"", "\"quantization\": {\"bits\": 4}, \"target\"")
    #expect(problem(of: quantised)?.description.contains("quantization is") == true)
  }

  /// Of a folder without `tokenizer.model` the pieces are those of the configuration.
  @Test func piecesOfTheConfigurationStandIn() throws {
    let folder = try copy(of: "mlx")
    let whole = try Checkpoint.open(folder)
    try FileManager.default.removeItem(atPath: "\(folder)/tokenizer.model")
    let bare = try Checkpoint.open(folder)
    #expect(bare.tokenizerModel != whole.tokenizerModel)
    #expect(!bare.tokenizerModel.isEmpty)
  }

  @Test func foldersOfONNXAreRefusedByName() throws {
    let folder = "\(place.path)/onnx"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    _ = try place.write(Array("x".utf8), "onnx/encoder-model.int8.onnx")
    _ = try place.write(Array(#"{"model_type": "nemo-conformer-tdt"}"#.utf8), "onnx/config.json")
    #expect(problem(of: folder) == .foreign(path: folder, .format("ONNX of onnx-asr")))
  }
}
