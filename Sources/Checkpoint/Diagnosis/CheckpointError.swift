package import System

/// What can be wrong with a model on disk.
///
/// The description reads `<path>: <reason>` on one line; what it quotes may hold anything.
package enum CheckpointError: Error, Sendable, Equatable {
  /// The system would not open, read or map a file; the reason is its own text.
  case unreadable(path: String, reason: String)
  /// The file ends before what it announces.
  case truncated(path: String, reason: String)
  /// The bytes contradict their format.
  case malformed(path: String, reason: String)
  /// It holds what no model needs, such as code or names outside its folder.
  case forbidden(path: String, reason: String)
  /// It has more of something than is read of any model.
  case excessive(path: String, Limit)
  /// It is something other than a model.
  case foreign(path: String, ForeignFile)
  /// A setting of the configuration is not one that NeMo could run either.
  case nonsense(path: String, reason: String)
  /// The file is sound, but describes something that this program does not do.
  case unsupported(path: String, Unsupported)
  /// A tensor that the configuration calls for is absent.
  case missingTensor(path: String, name: String)
  /// A tensor has a shape other than the configuration calls for.
  case wrongShape(path: String, name: String, found: [Int], expected: [Int])
  /// A tensor holds infinity, or what is no number.
  case notFinite(path: String, name: String)
  /// A file was cut short while it was read or in use.
  case changed(path: String)
  /// The folder that an archive is unpacked in would not take it.
  case unwritable(path: String, Errno)

  /// What a sound file may describe that this program does not do.
  package enum Unsupported: Sendable, Equatable {
    /// A network of another kind, and the setting that says so.
    case architecture(key: String, value: String, Architecture)
    /// A setting of the model's configuration.
    case setting(key: String, value: String, reason: String)
    /// The layout of a model's folder.
    case folderFormat
    /// A matrix that is stored as int8 weights where floats are needed.
    case packedMatrix(name: String)
    /// int8 weights of a tensor that is no matrix, or too wide a one.
    case packing(name: String)
    /// A checkpoint that PyTorch wrote before version 1.6.
    case oldTorch
    /// A checkpoint that a big-endian machine wrote.
    case bigEndian
    /// A file that is compressed inside a checkpoint.
    case compression(member: String)
  }
}

extension CheckpointError: CustomStringConvertible {
  /// `<path>: <reason>` on one line.
  package var description: String {
    switch self {
    case .unreadable(let path, let reason), .truncated(let path, let reason),
      .malformed(let path, let reason), .forbidden(let path, let reason),
      .nonsense(let path, let reason):
      "\(path): \(reason)"
    case .excessive(let path, let limit): "\(path): \(limit)"
    case .foreign(let path, let what): "\(path): \(what)"
    case .unsupported(let path, let what): "\(path): \(what)"
    case .missingTensor(let path, let name):
      "\(path): tensor \(name) is missing"
    case .wrongShape(let path, let name, let found, let expected):
      "\(path): tensor \(name) has shape \(found), expected \(expected)"
    case .notFinite(let path, let name):
      "\(path): tensor \(name) holds values that are not finite"
    case .changed(let path):
      "\(path): the file changed while it was in use"
    case .unwritable(let path, let reason):
      "\(path): \(reason)"
    }
  }
}

extension CheckpointError.Unsupported: CustomStringConvertible {
  /// The reason, as the end of an error's line.
  package var description: String {
    switch self {
    case .architecture(let key, let value, let kind): "\(key) is \(value): \(kind)"
    case .setting(let key, let value, let reason): "\(key) is \(value); \(reason)"
    case .folderFormat: "its format is not \(ModelFolder.format)"
    case .packedMatrix(let name): "tensor \(name) is stored as int8 weights, not as floats"
    case .packing(let name): "tensor \(name) cannot be packed as int8"
    case .oldTorch: "the weights are in PyTorch's format of before 1.6"
    case .bigEndian: "the weights were saved on a big-endian machine"
    case .compression(let member): "\(member) is compressed inside the weights"
    }
  }
}
