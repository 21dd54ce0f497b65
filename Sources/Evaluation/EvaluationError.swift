/// Why a manifest cannot be used.
///
/// The description reads `<what>: <why>` on one line.
package enum EvaluationError: Error, Equatable, CustomStringConvertible {
  /// A manifest cannot be read.
  case unreadable(path: String, reason: String)
  /// A manifest names no recordings.
  case empty(path: String)
  /// A line of a manifest is not what it should be.
  case line(path: String, number: Int, reason: String)
  /// A recording that a line names is not there.
  case noRecording(path: String, number: Int, recording: String)
  /// There is no file that tells what is said in a recording.
  case noText(recording: String, path: String, reason: String)
  /// No line of the manifest has this field.
  case unknownField(path: String, field: String)

  package var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): \(reason)"
    case .empty(let path): "\(path): names no recordings"
    case .line(let path, let number, let reason): "\(path):\(number): \(reason)"
    case .noRecording(let path, let number, let recording):
      "\(path):\(number): there is no recording \(recording)"
    case .noText(let recording, let path, let reason):
      "\(recording): nothing tells what is said in it: \(path): \(reason)"
    case .unknownField(let path, let field): "\(path): no line has the field \(field)"
    }
  }
}
