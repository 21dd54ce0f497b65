/// What can be wrong with a model on disk, or with writing one.
///
/// The description reads `<path>: <reason>` on one line.
package enum CheckpointError: Error, Sendable, Equatable {
  /// The system would not open, read or map a file; the reason is its own text.
  case unreadable(path: String, reason: String)
  /// The bytes contradict their format.
  case malformed(path: String, reason: String)
  /// The file is sound, but describes something that this program does not do.
  case unsupported(path: String, reason: String, hint: String?)
  /// A tensor that the configuration calls for is absent.
  case missingTensor(path: String, name: String)
  /// A tensor has a shape other than the configuration calls for.
  case wrongShape(path: String, name: String, found: [Int], expected: [Int])
  /// A file could not be written.
  case unwritable(path: String, reason: String, hint: String?)
  /// A model would overwrite another one.
  case alreadyExists(path: String)
  /// No model of this name lies in the folders searched.
  case modelNotFound(name: String, searched: [String])
  /// A model's name could leave its folder.
  case invalidName(String)
  /// The caller asked to stop.
  case cancelled
}

extension CheckpointError: CustomStringConvertible {
  /// `<path>: <reason>` on one line.
  package var description: String {
    switch self {
    case .unreadable(let path, let reason), .malformed(let path, let reason),
      .unsupported(let path, let reason, _), .unwritable(let path, let reason, _):
      "\(path): \(reason)"
    case .missingTensor(let path, let name):
      "\(path): tensor \(name) is missing"
    case .wrongShape(let path, let name, let found, let expected):
      "\(path): tensor \(name) has shape \(found), expected \(expected)"
    case .alreadyExists(let path):
      "\(path): a model of this name exists"
    case .modelNotFound(let name, _):
      "\(name): no such model"
    case .invalidName(let name):
      "\(name): not a name for a model"
    case .cancelled:
      "import: cancelled"
    }
  }

  /// The way out, where one is known.
  package var hint: String? {
    switch self {
    case .unreadable, .cancelled: nil
    case .malformed: "the file may be truncated or damaged; fetch it again"
    case .unsupported(_, _, let hint), .unwritable(_, _, let hint): hint
    case .missingTensor, .wrongShape:
      "the weights do not belong to their configuration; fetch the model again"
    case .alreadyExists: "choose another name with --name, or replace it with --force"
    case .modelNotFound(_, let searched):
      "looked in \(searched.joined(separator: ", ")); import one with `utter model import`"
    case .invalidName: "use letters, digits, '-', '_' and '.', not starting with '.'"
    }
  }
}
