internal import Glibc

/// Where the user's files belong (XDG Base Directory Specification 0.8).
///
/// A variable that is empty or holds a relative path counts as unset, as the specification wants.
package struct UserFolders: Sendable {
  /// The user has no home folder.
  package struct UnknownHome: Error, Equatable, CustomStringConvertible {
    /// What and why, one line.
    package var description: String {
      "HOME: not set to an absolute path, and user \(getuid()) has no home folder"
    }
  }

  private let variables: [String: String]

  /// The folders that variables name.
  ///
  /// - Parameter variable: A variable's value; by default that of this process.
  package init(variable: (String) -> String? = Environment.value) {
    let names = [
      "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME",
      "XDG_RUNTIME_DIR",
    ]
    var variables: [String: String] = [:]
    for name in names {
      if let path = variable(name), path.hasPrefix("/") { variables[name] = path }
    }
    self.variables = variables
  }

  /// The folders that a set of variables names.
  package init(environment: [String: String]) { self.init { environment[$0] } }

  /// `HOME`, or where it is unset the home folder that the system knows for the user.
  package var home: String {
    get throws(UnknownHome) {
      guard let home = variables["HOME"] ?? Self.registeredHome else { throw UnknownHome() }
      return home
    }
  }

  /// Configuration: `XDG_CONFIG_HOME`, or `~/.config`.
  package var configuration: String {
    get throws(UnknownHome) { try folder("XDG_CONFIG_HOME", ".config") }
  }

  /// Data: `XDG_DATA_HOME`, or `~/.local/share`.
  package var data: String {
    get throws(UnknownHome) { try folder("XDG_DATA_HOME", ".local/share") }
  }

  /// What outlives a program and is no configuration: `XDG_STATE_HOME`, or `~/.local/state`.
  package var state: String {
    get throws(UnknownHome) { try folder("XDG_STATE_HOME", ".local/state") }
  }

  /// What can be made again: `XDG_CACHE_HOME`, or `~/.cache`.
  package var cache: String {
    get throws(UnknownHome) { try folder("XDG_CACHE_HOME", ".cache") }
  }

  /// Sockets, until the user logs out: `XDG_RUNTIME_DIR`; nothing else is surely the user's own.
  package var runtime: String? { variables["XDG_RUNTIME_DIR"] }

  private func folder(_ name: String, _ standard: String) throws(UnknownHome) -> String {
    if let folder = variables[name] { return folder }
    return "\(try home)/\(standard)"
  }

  /// The home folder in the list of users (`passwd(5)`).
  private static var registeredHome: String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1 << 14) { text in
      var entry = passwd()
      var found: UnsafeMutablePointer<passwd>?
      guard let start = text.baseAddress,
        getpwuid_r(getuid(), &entry, start, text.count, &found) == 0,
        found != nil, let home = entry.pw_dir, home.pointee == UInt8(ascii: "/")
      else { return nil }
      return FilePath(cString: home).spelling
    }
  }
}
