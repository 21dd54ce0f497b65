package import System
package import TOML

/// Why the configuration cannot be read, or not be changed.
///
/// The description reads `<place>: <reason>` on one line.
package enum ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Where a setting was written.
  package enum Place: Equatable, Sendable {
    /// In a file.
    case file(String, TOMLPlace)
    /// In a variable of this name.
    case variable(String)
    /// Among the variables.
    case environment
    /// As an argument.
    case commandLine
  }

  /// There is no folder that the file could be in.
  case noHome(UserFolders.UnknownHome)
  /// Others may decide what the file says.
  case untrusted(FolderFault)
  /// The file cannot be read.
  case unreadable(path: String, reason: String)
  /// The file is not TOML.
  case malformed(path: String, TOMLError)
  /// Nothing of this name can be set.
  case unknown(Place, name: String, nearest: String?)
  /// A key has a value that it cannot have.
  case badValue(Place, key: String, found: String, allowed: String)
  /// The file cannot be written.
  case unwritable(path: String, reason: String)

  /// `<place>: <reason>` on one line.
  package var description: String {
    switch self {
    case .noHome(let error): error.description
    case .untrusted(let fault): fault.description
    case .unreadable(let path, let reason), .unwritable(let path, let reason):
      "\(path): \(reason)"
    case .malformed(let path, let error): "\(path): \(error)"
    case .unknown(let place, let name, _): "\(place): \(name): no such setting"
    case .badValue(let place, let key, let found, let allowed):
      "\(place): \(key) is \(found), but must be \(allowed)"
    }
  }
}

extension ConfigurationError.Place: CustomStringConvertible {
  /// The file with line and column, or what else to look at.
  package var description: String {
    switch self {
    case .file(let path, let place): "\(path): \(place)"
    case .variable(let name): name
    case .environment: "environment"
    case .commandLine: "command line"
    }
  }
}
