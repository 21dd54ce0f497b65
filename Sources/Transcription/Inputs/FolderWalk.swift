internal import System

/// What is found on a walk through a folder and the folders in it.
enum FolderItem {
  /// A folder, before anything in it.
  case folder(String)
  /// A file; links to files are followed, links to folders are not.
  case file(String, FileStatus)
  /// A folder that cannot be read.
  case unreadable(String, Errno)
}

/// Walks through a folder and the folders in it, in the order of names.
func walk(_ folder: String, _ body: (FolderItem) -> Void) {
  body(.folder(folder))
  do throws(Errno) {
    let names = try readFolder(folder).map { FilePath($0) }
    for name in names.sorted(by: { $0.bytes.lexicographicallyPrecedes($1.bytes) }) {
      let path = FilePath(folder).appending(name).spelling
      guard let status = try? FileStatus(of: path, isFollowingLinks: false) else { continue }
      switch status.kind {
      case .directory: walk(path, body)
      case .regular: body(.file(path, status))
      case .link:
        guard let status = try? FileStatus(of: path), status.kind == .regular else { continue }
        body(.file(path, status))
      case .pipe, .socket, .device: break
      }
    }
  } catch {
    body(.unreadable(folder, error))
  }
}
