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
  /// The folder that it is written in; nil for that of all synthetic models.
  private var place: String?

  private static let known = [
    SyntheticModel(name: "parakeet-tdt-0.6b-v2", layers: 24, width: 1024, vocabulary: 1024),
    SyntheticModel(name: "parakeet-tdt-0.6b-v3", layers: 24, width: 1024, vocabulary: 8192),
    SyntheticModel(name: "parakeet-tdt-1.1b", layers: 42, width: 1024, vocabulary: 1024),
  ]

  private init(name: String, layers: Int, width: Int, vocabulary: Int) {
    (self.name, self.layers, self.width, self.vocabulary) = (name, layers, width, vocabulary)
  }

  /// Finds a released model's shapes.
  ///
  /// - Parameters:
  ///   - name: What the released model is called.
  ///   - place: The folder to write it in; nil for that of all synthetic models.
  /// - Throws: Where it is none that is known.
  init(named name: String, in place: String? = nil) throws(BenchmarkError) {
    guard let found = Self.known.first(where: { $0.name == name }) else {
      throw .unknownLayout(name, known: Self.known.map(\.name))
    }
    self = found
    self.place = place
  }

  /// The folder of all synthetic models.
  private var root: String {
    get throws(UserFolders.UnknownHome) {
      if let place { return place }
      return try UserFolders().cache + "/utter/synthetic"
    }
  }

  /// The folder of the model in floats, written first where it does not exist.
  ///
  /// - Parameter notice: Told what is being written.
  /// - Returns: The folder's path.
  /// - Throws: Where it cannot be written.
  func folder(_ notice: (String) -> Void) throws -> String {
    let folder = try "\(root)/\(name)"
    if place == nil { try requireOwn(try root) }
    if (try? FileStatus(of: folder)) == nil {
      notice("writing \(name) with random weights to \(folder)")
      try write(to: folder)
    }
    return folder
  }

  /// The folder of the same model with its matrices rounded to int8, written first as well.
  ///
  /// - Parameter notice: Told what is being written.
  /// - Returns: The folder's path.
  /// - Throws: Where it cannot be written.
  func int8Folder(_ notice: (String) -> Void) throws -> String {
    let store = ModelStore(roots: [try root])
    let folder = try "\(root)/\(name)-int8"
    if (try? FileStatus(of: folder)) != nil { return folder }
    notice("writing the same weights as int8 to \(folder)")
    return try store.store(
      try store.open(try self.folder(notice)), name: "\(name)-int8",
      format: WeightFormat(.int8, rounding: Int8Policy.rounds))
  }

  private func write(to folder: String) throws {
    let partial = "\(folder).partial-\(getpid())"
    do {
      try Self.attempting(partial) { () throws(Errno) in try makeFolders(partial, mode: 0o755) }
      let configuration = "\(partial)/config.json"
      try Self.write([UInt8](settings.utf8), to: configuration)
      try Self.write(tokenizer, to: "\(partial)/tokenizer.model")
      let text = FileRegion(try MappedFile(path: configuration))
      try writeWeights(try ModelConfiguration(yaml: text), to: "\(partial)/model.safetensors")
      try Self.attempting(folder) { () throws(Errno) in
        if rename(partial, folder) != 0 { throw .last }
      }
    } catch {
      try? FileManager.default.removeItem(atPath: partial)
      throw error
    }
  }

  private func writeWeights(
    _ configuration: ModelConfiguration, to path: String
  ) throws(BenchmarkError) {
    let file = try Self.attempting(path) { () throws(Errno) in try Self.create(path) }
    let random = RandomWeights(blank: vocabulary)
    let entries = TensorLayout.tensors(for: configuration).map(random.entry)
    try SafetensorsWriter.write(entries, metadata: [:]) { bytes throws(BenchmarkError) in
      try Self.attempting(path) { () throws(Errno) in try file.write(bytes) }
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(BenchmarkError) {
    try attempting(path) { () throws(Errno) in try create(path).write(bytes) }
  }

  private static func create(_ path: String) throws(Errno) -> FileDescriptor {
    try FileDescriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
  }

  private static func attempting<Result: ~Copyable>(
    _ path: String, _ body: () throws(Errno) -> Result
  ) throws(BenchmarkError) -> Result {
    do throws(Errno) { return try body() } catch { throw .unwritable(path: path, error) }
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
  private var tokenizer: [UInt8] {
    var model: [UInt8] = []
    for id in 0..<vocabulary {
      let text = [UInt8]((id == 0 ? "<unk>" : "▁\(id)").utf8)
      // Field 1 is the piece's text, field 3 its type: 1 normal, 2 unknown.
      let piece = [0x0A, UInt8(text.count)] + text + [0x18, id == 0 ? 2 : 1]
      model += [0x0A, UInt8(piece.count)] + piece
    }
    return model + [0x12, 0x02, 0x18, 0x02]  // trainer_spec.model_type = BPE
  }
}
