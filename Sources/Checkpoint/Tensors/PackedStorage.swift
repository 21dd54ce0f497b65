internal import Kernels

extension Checkpoint {
  /// Multiple at which packed weights start in their file, so that they can be used in place.
  private static let alignment = 64

  /// Checks a matrix that is stored packed and finds its scales.
  ///
  /// Weights are not looked at: any byte is one.
  ///
  /// - Parameters:
  ///   - matrix: The stored weights.
  ///   - shape: How the configuration wants them.
  ///   - tensors: What else the file holds.
  ///   - path: The model, for errors.
  /// - Returns: The scales, all finite and not negative.
  /// - Throws: `CheckpointError` that says what does not fit.
  static func scales(
    of matrix: StoredTensor, packed shape: PackedShape, among tensors: [String: StoredTensor],
    path: String
  ) throws(CheckpointError) -> StoredTensor {
    let name = scaleName(matrix.name)
    guard let scales = tensors[name] else { throw .missingTensor(path: path, name: name) }
    try require(matrix, hasShape: shape.dimensions, path: path)
    try require(scales, hasShape: [shape.scales], path: path)
    guard scales.element == .float32 else {
      throw scales.location.malformed(
        "tensor \(name) holds \(scales.element.rawValue), expected F32")
    }
    for tensor in [matrix, scales] {
      guard let start = tensor.contiguousBytes?.baseAddress,
        Int(bitPattern: start).isMultiple(of: alignment)
      else {
        throw tensor.location.malformed(
          "tensor \(tensor.name) does not start at a multiple of \(alignment) bytes")
      }
    }
    let values = try scales.floats()
    let isSound = withExtendedLifetime(values) {
      values.values.allSatisfy { $0 >= 0 && $0.isFinite }
    }
    guard isSound else {
      throw scales.location.malformed("tensor \(name) holds a value that is no scale")
    }
    return scales
  }

  /// Checks a tensor's shape.
  static func require(
    _ tensor: StoredTensor, hasShape shape: [Int], path: String
  ) throws(CheckpointError) {
    guard tensor.shape == shape else {
      throw .wrongShape(path: path, name: tensor.name, found: tensor.shape, expected: shape)
    }
  }

  /// Name of the scales of a packed matrix.
  package static func scaleName(_ matrix: String) -> String { "\(matrix).scale" }
}
