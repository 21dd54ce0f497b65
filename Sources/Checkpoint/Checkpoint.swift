/// A model on disk: configuration, tokenizer and every tensor that inference needs.
///
/// Opening maps the file and checks names and shapes; weights are read when they are used.
public struct Checkpoint: Sendable {
  /// The file or folder it was opened from.
  public let path: String
  /// Dimensions and switches.
  public let configuration: ModelConfiguration
  /// The SentencePiece model as stored.
  public let tokenizerModel: [UInt8]
  /// The configuration with all of its keys.
  let settings: Document
  /// Tensors of the layout by name.
  private let tensors: [String: StoredTensor]
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
    for expected in TensorLayout.tensors(for: configuration) {
      tensors[expected.name] = try Self.find(
        expected, among: weights.tensors, path: path, untied: configuration.encoder.untieBiases)
    }
    self.tensors = tensors
  }

  /// Opens a `.nemo` file or a folder that `ModelStore` has written.
  ///
  /// - Parameter path: The file or folder.
  /// - Returns: The model, with its weights still on disk.
  /// - Throws: `CheckpointError` that says what is wrong with it; after that no tensor of the
  ///   layout is missing or has another shape.
  public static func open(_ path: String) throws(CheckpointError) -> Checkpoint {
    if isFolder(path) { return try ModelFolder.open(path) }
    return try NemoArchive.open(path)
  }

  /// Whether the model has a tensor.
  public func has(_ name: String) -> Bool { tensors[name] != nil }

  /// A tensor where it lies in its file.
  public func tensor(_ name: String) throws(CheckpointError) -> StoredTensor {
    guard let tensor = tensors[name] else { throw .missingTensor(path: path, name: name) }
    return tensor
  }

  /// A tensor's values as float32, in place where they are stored so.
  public func floats(_ name: String) throws(CheckpointError) -> FloatTensor {
    try tensor(name).floats()
  }

  /// Precision of the weight matrices: `float32`, `float16` or another `ElementType`.
  public var storedElement: String {
    let matrix = tensors["encoder.pre_encode.out.weight"]?.element ?? .float32
    return "\(matrix)"
  }

  /// Bytes of all tensors as stored.
  public var totalBytes: Int {
    tensors.values.reduce(0) { $0 + $1.count * $1.element.size }
  }

  /// Asks the kernel to read the weights ahead.
  public func prefetch() { file.advise(.willNeed) }

  /// Whether bytes lie inside the mapped file, rather than in a copy.
  package func maps(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = file.bytes.baseAddress, let start = bytes.baseAddress else { return false }
    return start >= base && start + bytes.count <= base + file.bytes.count
  }

  private static func find(
    _ expected: TensorSpecification, among tensors: [String: StoredTensor], path: String,
    untied: Bool
  ) throws(CheckpointError) -> StoredTensor {
    let names = [expected.name] + otherNames(of: expected.name, untied: untied)
    guard let tensor = names.lazy.compactMap({ tensors[$0] }).first else {
      throw .missingTensor(path: path, name: expected.name)
    }
    guard tensor.shape == expected.shape else {
      throw .wrongShape(
        path: path, name: expected.name, found: tensor.shape, expected: expected.shape)
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
