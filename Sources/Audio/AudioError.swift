/// Why a recording could not be read.
public enum AudioError: Error, Equatable, Sendable {
  /// There is nothing to read: a missing, unreadable or empty file, a directory, a device.
  case noInput(path: String, reason: String, hint: String)
  /// There is something, but not a recording that can be decoded.
  case badData(path: String, reason: String, hint: String)

  /// The file as the caller named it; "-" for standard input.
  public var path: String {
    switch self {
    case .noInput(let path, _, _), .badData(let path, _, _): path
    }
  }

  /// What is wrong, as the end of the sentence that starts with the path.
  public var reason: String {
    switch self {
    case .noInput(_, let reason, _), .badData(_, let reason, _): reason
    }
  }

  /// The way out, one line.
  public var hint: String {
    switch self {
    case .noInput(_, _, let hint), .badData(_, _, let hint): hint
    }
  }
}
