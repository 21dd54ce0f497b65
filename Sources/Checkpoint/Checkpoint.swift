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
  let settings: Document
  /// Tensors of the layout by name.
  private let tensors: [String: StoredTensor]
  /// How matrices that can be packed are packed, by name.
  private let shapes: [String: PackedShape]
  /// Scales of the matrices that are stored packed, by the matrix' name.
  private let scales: [String: StoredTensor]
  /// The file with the weights.
  let file: MappedFile

  init(
    path: String, settings: Document, tokenizerModel: [UInt8],
    weights: (file: MappedFile, tensors: [String: StoredTensor])
  ) throws(CheckpointError) {
    self.path = path
    self.settings = settings
    self.tokenizerModel = tokenizerModel
    configuration = try ModelConfiguration(settings, path: path)
    file = weights.file
    var tensors: [String: StoredTensor] = [:]
    var shapes: [String: PackedShape] = [:]
    var scales: [String: StoredTensor] = [:]
    for expected in TensorLayout.tensors(for: configuration) {
      let name = expected.name
      let tensor = try Self.find(
        name, among: weights.tensors, path: path, untied: configuration.encoder.untieBiases)
      tensors[name] = tensor
      shapes[name] = expected.packed
      if tensor.element == .int8, let shape = expected.packed {
        scales[name] = try Self.scales(
          of: tensor, packed: shape, among: weights.tensors, path: path)
      } else {
        try Self.require(tensor, hasShape: expected.shape, path: path)
      }
    }
    self.tensors = tensors
    self.shapes = shapes
    self.scales = scales
  }

  /// Opens a `.nemo` file or a folder that `ModelStore` has written.
  ///
  /// - Parameter path: The file or folder.
  /// - Returns: The model, with its weights still on disk.
  /// - Throws: `CheckpointError` that says what is wrong with it; after that no tensor of the
  ///   layout is missing or has another shape.
  package static func open(_ path: String) throws(CheckpointError) -> Checkpoint {
    if isFolder(path) { return try ModelFolder.open(path) }
    return try NemoArchive.open(path)
  }

  /// Whether the model has a tensor.
  package func has(_ name: String) -> Bool { tensors[name] != nil }

  /// A tensor where it lies in its file; a matrix that is stored packed has its packed shape.
  package func tensor(_ name: String) throws(CheckpointError) -> StoredTensor {
    guard let tensor = tensors[name] else { throw .missingTensor(path: path, name: name) }
    return tensor
  }

  /// A tensor's values as float32, in place where they are stored so.
  package func floats(_ name: String) throws(CheckpointError) -> FloatTensor {
    try unpacked(name).floats()
  }

  /// Whether a tensor of the layout is a matrix for `packed`: of the others single rows are read,
  /// or they are too wide to sum up in 32 bits.
  package func canPack(_ name: String) -> Bool { shapes[name] != nil }

  /// A matrix of int8 weights: in place where the model stores them, else one to be filled.
  ///
  /// - Parameter name: A tensor that `canPack`.
  /// - Returns: The matrix, with the work that is left to complete it.
  /// - Throws: `CheckpointError`, also where the system has no memory left.
  package func packed(_ name: String) throws(CheckpointError) -> Packing {
    let tensor = try tensor(name)
    guard let shape = shapes[name] else {
      throw .unsupported(path: path, reason: "tensor \(name) cannot be packed as int8", hint: nil)
    }
    guard let values = tensor.contiguousBytes?.baseAddress,
      let scales = scales[name]?.contiguousBytes?.baseAddress
    else { return try Packing(tensor) }
    return Packing(
      PackedMatrix(
        shape: shape, values: values.assumingMemoryBound(to: Int8.self),
        scales: scales.assumingMemoryBound(to: Float.self), owner: file))
  }

  /// A tensor that is not stored packed.
  func unpacked(_ name: String) throws(CheckpointError) -> StoredTensor {
    guard scales[name] == nil else {
      throw .unsupported(
        path: path, reason: "tensor \(name) is stored as int8 weights, not as floats",
        hint: "import the model again with --precision float32")
    }
    return try tensor(name)
  }

  /// Precision of the weight matrices: `float32`, `int8` or another `ElementType`.
  package var storedElement: String {
    let matrix = tensors["encoder.pre_encode.out.weight"]?.element ?? .float32
    return "\(scales.isEmpty ? matrix : .int8)"
  }

  /// Bytes of all tensors as stored.
  package var totalBytes: Int {
    let all = Array(tensors.values) + Array(scales.values)
    return all.reduce(0) { $0 + $1.count * $1.element.size }
  }

  /// Asks the kernel to read the weights ahead.
  package func prefetch() { file.advise(.willNeed) }

  /// Whether bytes lie inside the mapped file, rather than in a copy.
  package func maps(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = file.bytes.baseAddress, let start = bytes.baseAddress else { return false }
    return start >= base && start + bytes.count <= base + file.bytes.count
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
