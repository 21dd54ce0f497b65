internal import Glibc
internal import System

/// The folders that a project consists of, as far as they can be trusted.
///
/// Whoever dictates in a folder need not know what is in it: it may be a clone of somebody else's
/// repository, or a folder that all users share. So the search goes up only while folders belong
/// to the user and nobody else may write to them, and no further than to the home folder.
struct ProjectFolder {
  /// From the folder that was asked for upwards.
  let folders: [String]

  /// Looks at a folder and those above it.
  ///
  /// - Parameters:
  ///   - directory: An absolute path; any other has no project.
  ///   - home: The user's home folder, where the search ends.
  init(_ directory: String, home: String?) {
    guard directory.hasPrefix("/"), let resolved = Self.resolve(directory) else {
      folders = []
      return
    }
    let home = home.flatMap(Self.resolve)
    var folders: [String] = []
    var place = resolved
    while place != "/", Self.isTrusted(place) {
      folders.append(place)
      if place == home { break }
      place = folderOfFile(place)
    }
    self.folders = folders
  }

  /// The nearest list of a name; nil where there is none.
  func list(_ name: String) -> String? {
    folders.lazy.map { "\($0)/\(name)" }.first { path in
      (try? FileStatus(of: path, isFollowingLinks: false)) != nil
    }
  }

  /// The folder of the repository; nil where there is none.
  var repository: String? {
    folders.first { (try? FileStatus(of: "\($0)/.git", isFollowingLinks: false)) != nil }
  }

  private static func isTrusted(_ folder: String) -> Bool {
    guard let status = try? FileStatus(of: folder), status.kind == .directory else { return false }
    return status.owner == geteuid() && status.permissions & 0o002 == 0
  }

  private static func resolve(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
