/// Why the configuration cannot be read, or not be changed.
///
/// The description reads `<place>: <reason>` on one line; a place is a file or a variable.
package enum ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file cannot be read, or is no text.
  case unreadable(path: String, reason: String)
  /// The file is not TOML; lines count from 1.
  case malformed(path: String, line: Int, reason: String)
  /// Nothing of this name can be set.
  case unknown(place: String, name: String, nearest: String?)
  /// A key has a value that it cannot have.
  case badValue(place: String, key: String, found: String, allowed: String)
  /// The file cannot be written.
  case unwritable(path: String, reason: String)
  /// The key stands in the file in a form that cannot be edited line by line.
  case uneditable(path: String, key: String)

  /// The place of what was written as an argument.
  package static let commandLine = "command line"

  /// `<place>: <reason>` on one line.
  package var description: String {
    switch self {
    case .unreadable(let path, let reason), .unwritable(let path, let reason):
      "\(path): \(reason)"
    case .malformed(let path, let line, let reason): "\(path): line \(line): \(reason)"
    case .unknown(let place, let name, _): "\(place): \(name): no such setting"
    case .badValue(let place, let key, let found, let allowed):
      "\(place): \(key) is \(found), but must be \(allowed)"
    case .uneditable(let path, let key): "\(path): \(key) stands there in an unusual form"
    }
  }

  /// The way out, where the description does not say it.
  package var hint: String? {
    switch self {
    case .unreadable(let path, _):
      "repair or remove \(path), or name another file in UTTER_CONFIG"
    case .malformed: "correct that line; texts stand in quotes: device = \"default\""
    case .unknown(_, _, let nearest?): "did you mean \(nearest)?"
    case .unknown: "`utter config show` lists all settings"
    case .badValue, .unwritable: nil
    case .uneditable: "change it with an editor"
    }
  }
}
