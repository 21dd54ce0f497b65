internal import Glibc

/// The path of this program; a link to it where it was replaced since it began.
package var runningProgram: String {
  let link = "/proc/self/exe"
  guard let path = try? endOfLinks(link), access(path, X_OK) == 0 else { return link }
  return path
}

/// Finds a program in the folders of `PATH`.
///
/// - Parameters:
///   - name: The program's name, or a path, which is taken as it is.
///   - path: Folders with colons between them; where it is unset, those of most systems.
/// - Returns: A file that may be run; nil where there is none.
package func findProgram(_ name: String, path: String?) -> String? {
  func isProgram(_ path: String) -> Bool {
    // Folders may be "run" too, as far as `access` goes.
    (try? requireAccess(path, X_OK)) != nil && (try? FileStatus(of: path))?.kind == .regular
  }
  guard !name.contains("/") else { return isProgram(name) ? name : nil }
  return (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    .map { "\($0)/\(name)" }.first(where: isProgram)
}
