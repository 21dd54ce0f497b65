internal import Kernels

/// A model on disk: configuration, tokenizer and every tensor that inference needs.
///
/// Opening maps the file and checks names and shapes; weights are read when they are used.
package struct Checkpoint: Sendable {
  /// The file or folder it was opened from.
  package let path: String
  /// Dimensions and switches.
  package let configuration: ModelConfiguration
  /// The SentencePiece model as stored.
  package let tokenizerModel: [UInt8]
  /// The configuration with all of its keys.
  package let settings: Document
  /// Tensors of the layout by name.
  private let tensors: [String: Entry]
  /// The files with the weights; the last may be in memory.
  private let files: [MappedFile]

  /// A tensor of the layout, as the configuration calls for it and as it is stored.
  private struct Entry {
    let specification: TensorSpecification
    let stored: StoredTensor
    /// Scales of a matrix that is stored packed.
    let scales: StoredTensor?
  }

  init(
    path: String, settings: Document, tokenizerModel: [UInt8],
    weights: (files: [MappedFile], tensors: [String: StoredTensor])
  ) throws(CheckpointError) {
    self.path = path
    self.settings = settings
    self.tokenizerModel = tokenizerModel
    configuration = try ModelConfiguration(settings, path: path)
    files = weights.files
    var tensors: [String: Entry] = [:]
    for expected in TensorLayout.tensors(for: configuration) {
      let stored = try Self.find(
        expected.name, among: weights.tensors, path: path,
        untied: configuration.encoder.untieBiases)
      var scales: StoredTensor?
      if stored.element == .int8, let shape = PackedShape(expected.shape) {
        scales = try Self.scales(of: stored, packed: shape, among: weights.tensors, path: path)
      } else {
        try Self.require(stored, hasShape: expected.shape, path: path)
      }
      tensors[expected.name] = Entry(specification: expected, stored: stored, scales: scales)
    }
    self.tensors = tensors
  }

  /// Opens a `.nemo` file, a folder that one was unpacked in, one that `ModelStore` has written, or
  /// one of transformers' or of a program for MLX.
  ///
  /// - Parameter path: The file or folder.
  /// - Returns: The model, with its weights still on disk.
  /// - Throws: `CheckpointError` that says what is wrong with it; after that no tensor of the
  ///   layout is missing or has another shape.
  package static func open(_ path: String) throws(CheckpointError) -> Checkpoint {
    if UnpackedArchive.recognises(path) { return try UnpackedArchive.open(path) }
    if isFolder(path) { return try ModelFolder.open(path) }
    return try NemoArchive.open(path)
  }

  /// Whether the model has a tensor.
  package func has(_ name: String) -> Bool { tensors[name] != nil }

  /// What the configuration says about a tensor; nil for one that the model does not have.
  package func specification(_ name: String) -> TensorSpecification? {
    tensors[name]?.specification
  }

  /// A tensor where it lies in its file; a matrix that is stored packed has its packed shape.
  package func tensor(_ name: String) throws(CheckpointError) -> StoredTensor {
    try entry(name).stored
  }

  /// A tensor's values as float32, in place where they are stored so.
  ///
  /// - Throws: `CheckpointError.notFinite` for values that no weight has: they are looked at once,
  ///   here, for whoever takes them reads them all anyway.
  package func floats(_ name: String) throws(CheckpointError) -> FloatTensor {
    let tensor = try unpacked(name).floats()
    guard tensor.isFinite else { throw .notFinite(path: path, name: name) }
    return tensor
  }

  /// A matrix of int8 weights: in place where the model stores them, else one to be filled.
  ///
  /// - Parameter name: A matrix.
  /// - Returns: The matrix, with the work that is left to complete it.
  /// - Throws: `CheckpointError`, also where the system has no memory left.
  package func packed(_ name: String) throws(CheckpointError) -> Packing {
    let entry = try entry(name)
    guard let shape = PackedShape(entry.specification.shape) else {
      throw .unsupported(path: path, .packing(name: name))
    }
    guard let values = entry.stored.contiguousBytes?.baseAddress,
      let scales = entry.scales?.contiguousBytes?.baseAddress
    else { return try Packing(entry.stored, as: shape) }
    let weights = PackedWeights(
      shape, values: values.assumingMemoryBound(to: Int8.self),
      scales: scales.assumingMemoryBound(to: Float.self))
    return Packing(PackedMatrix(weights, owner: entry.stored.location.file))
  }

  /// A tensor that is not stored packed.
  package func unpacked(_ name: String) throws(CheckpointError) -> StoredTensor {
    let entry = try entry(name)
    guard entry.scales == nil else {
      throw .unsupported(path: path, .packedMatrix(name: name))
    }
    return entry.stored
  }

  private func entry(_ name: String) throws(CheckpointError) -> Entry {
    guard let entry = tensors[name] else { throw .missingTensor(path: path, name: name) }
    return entry
  }

  /// How the weight matrices are stored; `int8` for packed ones.
  package var storedElement: ElementType {
    if tensors.values.contains(where: { $0.scales != nil }) { return .int8 }
    return tensors["encoder.pre_encode.out.weight"]?.stored.element ?? .float32
  }

  /// Bytes of all tensors as stored.
  package var totalBytes: Int {
    let all = tensors.values.flatMap { [$0.stored] + ($0.scales.map { [$0] } ?? []) }
    return all.reduce(0) { $0 + $1.count * $1.element.size }
  }

  /// Asks the kernel to read the weights ahead.
  package func prefetch() { for file in files { file.advise(.willNeed) } }

  /// Tells whether all weights that were read were there; to be asked after they were used.
  ///
  /// - Throws: `CheckpointError.changed` where the file was cut short.
  package func check() throws(CheckpointError) { for file in files { try file.check() } }

  /// Whether bytes lie inside a mapped file, rather than in a copy.
  package func maps(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let start = bytes.baseAddress else { return false }
    return files.contains { file in
      guard let base = file.bytes.baseAddress else { return false }
      return start >= base && start + bytes.count <= base + file.bytes.count
    }
  }

  private static func find(
    _ name: String, among tensors: [String: StoredTensor], path: String, untied: Bool
  ) throws(CheckpointError) -> StoredTensor {
    let names = [name] + otherNames(of: name, untied: untied)
    guard let tensor = names.lazy.compactMap({ tensors[$0] }).first else {
      throw .missingTensor(path: path, name: name)
    }
    return tensor
  }

  /// What else NeMo may call a tensor.
  private static func otherNames(of name: String, untied: Bool) -> [String] {
    // Tied biases may be stored once, for the encoder, instead of under each layer's name.
    if !untied, let own = name.split(separator: ".").last, own.hasPrefix("pos_bias_") {
      return ["encoder.\(own)"]
    }
    // A joint network without dropout has one module less before its last layer.
    let output = "joint.joint_net.2."
    if name.hasPrefix(output) { return ["joint.joint_net.1.\(name.dropFirst(output.count))"] }
    return []
  }
}
