internal import Glibc

/// The folder that holds a file or another folder, as its path says; nil where the path does not.
package func parentFolder(of path: String) -> String? {
  let name = path.lastIndex { $0 != "/" } ?? path.startIndex
  guard let slash = path[..<name].lastIndex(of: "/") else { return nil }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// Makes a folder, and those above it that are missing.
///
/// - Parameters:
///   - path: The folder.
///   - mode: The permissions of those that are made, less what the process's mask takes.
/// - Throws: Why there is no such folder: `EEXIST` where something else lies there.
package func makeFolders(_ path: String, mode: UInt32 = 0o700) throws(Errno) {
  if mkdir(path, mode) == 0 { return }
  var failure = Errno.last
  if failure.code == ENOENT, let parent = parentFolder(of: path) {
    try makeFolders(parent, mode: mode)
    if mkdir(path, mode) == 0 { return }
    failure = .last
  }
  guard failure.code == EEXIST, (try? FileStatus(of: path))?.kind == .directory else {
    throw failure
  }
}

/// Names in a folder, in no order; none where it cannot be read.
package func folderEntries(_ path: String) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}
