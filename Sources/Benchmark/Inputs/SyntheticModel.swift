internal import Checkpoint
internal import Foundation
internal import Models
internal import Recognition
internal import System

/// A model with the shapes of a released one and seeded random weights.
///
/// Speed and memory do not depend on what weights say, so that they can be measured without the
/// released file. The words that come out mean nothing.
struct SyntheticModel {
  /// The released model whose shapes are taken.
  let name: String
  private let layers: Int
  private let width: Int
  private let vocabulary: Int

  private static let known = [
    SyntheticModel(name: "parakeet-tdt-0.6b-v2", layers: 24, width: 1024, vocabulary: 1024),
    SyntheticModel(name: "parakeet-tdt-0.6b-v3", layers: 24, width: 1024, vocabulary: 8192),
    SyntheticModel(name: "parakeet-tdt-1.1b", layers: 42, width: 1024, vocabulary: 1024),
  ]

  private init(name: String, layers: Int, width: Int, vocabulary: Int) {
    (self.name, self.layers, self.width, self.vocabulary) = (name, layers, width, vocabulary)
  }

  /// Finds a released model's shapes.
  init(named name: String) throws(BenchmarkError) {
    guard let found = Self.known.first(where: { $0.name == name }) else {
      throw .unknownLayout(name, known: Self.known.map(\.name))
    }
    self = found
  }

  /// The folder of all synthetic models.
  private var root: URL {
    get throws { URL(filePath: try UserFolders().cache).appending(path: "utter/synthetic") }
  }

  /// The folder of the model in floats, written first where it does not exist.
  ///
  /// - Parameter notice: Told what is being written.
  /// - Returns: The folder's path.
  /// - Throws: Where it cannot be written.
  func folder(_ notice: (String) -> Void) throws -> String {
    let folder = try root.appending(path: name)
    if !FileManager.default.fileExists(atPath: folder.path) {
      notice("writing \(name) with random weights to \(folder.path)")
      try write(to: folder)
    }
    return folder.path
  }

  /// The folder of the same model with its matrices rounded to int8, written first as well.
  ///
  /// - Parameter notice: Told what is being written.
  /// - Returns: The folder's path.
  /// - Throws: Where it cannot be written.
  func int8Folder(_ notice: (String) -> Void) throws -> String {
    let folder = try root.appending(path: "\(name)-int8")
    if FileManager.default.fileExists(atPath: folder.path) { return folder.path }
    notice("writing the same weights as int8 to \(folder.path)")
    return try ModelStore(roots: [try root.path]).store(
      try Checkpoint.open(try self.folder(notice)), name: "\(name)-int8",
      format: WeightFormat(.int8, rounding: Int8Policy.rounds))
  }

  private func write(to folder: URL) throws {
    let partial = folder.appendingPathExtension("partial-\(getpid())")
    try FileManager.default.createDirectory(at: partial, withIntermediateDirectories: true)
    do {
      try Data(settings.utf8).write(to: partial.appending(path: "config.json"))
      try tokenizer.write(to: partial.appending(path: "tokenizer.model"))
      let text = FileRegion(try MappedFile(path: partial.appending(path: "config.json").path))
      let layout = TensorLayout.tensors(for: try ModelConfiguration(yaml: text))
      let weights = partial.appending(path: "model.safetensors")
      try Data().write(to: weights)
      let file = try FileHandle(forWritingTo: weights)
      defer { try? file.close() }
      let random = RandomWeights(blank: vocabulary)
      try SafetensorsWriter.write(layout.map(random.entry), metadata: [:]) {
        bytes throws(BenchmarkError) in
        do {
          try file.write(contentsOf: bytes)
        } catch {
          throw .unwritable(path: weights.path, reason: error.localizedDescription)
        }
      }
      try FileManager.default.moveItem(at: partial, to: folder)
    } catch {
      try? FileManager.default.removeItem(at: partial)
      throw error
    }
  }

  private var settings: String {
    """
    {"format": 1, "precision": "float32", "target": "EncDecRNNTBPEModel",
     "tokenizer": {"model_path": "nemo:tokenizer.model"},
     "preprocessor": {"sample_rate": 16000, "normalize": "per_feature", "window_size": 0.025,
      "window_stride": 0.01, "features": 128, "n_fft": 512, "pad_to": 0},
     "encoder": {"feat_in": 128, "n_layers": \(layers), "d_model": \(width), "use_bias": false,
      "subsampling": "dw_striding", "subsampling_factor": 8, "subsampling_conv_channels": 256,
      "ff_expansion_factor": 4, "self_attention_model": "rel_pos", "n_heads": 8,
      "att_context_size": [-1, -1], "xscaling": false, "untie_biases": true,
      "conv_kernel_size": 9, "conv_norm_type": "batch_norm"},
     "decoder": {"prednet": {"pred_hidden": 640, "pred_rnn_layers": 2},
      "vocab_size": \(vocabulary)},
     "joint": {"jointnet": {"joint_hidden": 640, "activation": "relu"}, "num_extra_outputs": 5,
      "num_classes": \(vocabulary)},
     "decoding": {"model_type": "tdt", "durations": [0, 1, 2, 3, 4], "greedy": {"max_symbols": 10}}}
    """
  }

  /// A SentencePiece model whose pieces are numbers.
  private var tokenizer: Data {
    var model = Data()
    for id in 0..<vocabulary {
      let text = Data((id == 0 ? "<unk>" : "▁\(id)").utf8)
      // Field 1 is the piece's text, field 3 its type: 1 normal, 2 unknown.
      let piece =
        Data([0x0A, UInt8(text.count)]) + text + Data([0x18, id == 0 ? 2 : 1])
      model += Data([0x0A, UInt8(piece.count)]) + piece
    }
    return model + Data([0x12, 0x02, 0x18, 0x02])  // trainer_spec.model_type = BPE
  }
}
