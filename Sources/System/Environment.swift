// `environ` is a plain C variable; nothing in this program writes to it while threads run.
@preconcurrency internal import Glibc

/// The variables of this process.
package enum Environment {
  /// A variable's value, spelled as a path is; nil where it is unset or empty, for an empty one
  /// counts as unset.
  package static func value(of name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return FilePath(cString: value).spelling
  }

  /// All of them, also empty ones, spelled as paths are.
  package static var variables: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let line = entry.pointee {
      let parts = FilePath(cString: line).spelling.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return variables
  }

  /// Where temporary files belong: `TMPDIR`, or a folder that every system has.
  ///
  /// - Parameter isLarge: Whether they may be too large for a file system in memory.
  /// - Returns: The folder.
  package static func temporaryFolder(isLarge: Bool = false) -> String {
    value(of: "TMPDIR") ?? (isLarge ? "/var/tmp" : "/tmp")
  }
}
