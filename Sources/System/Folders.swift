internal import Glibc

/// Makes a folder, and those above it that are missing.
///
/// - Parameters:
///   - path: The folder.
///   - mode: The permissions of those that are made, less what the process's mask takes.
/// - Throws: Why there is no such folder: `EEXIST` where something else lies there.
package func makeFolders(_ path: String, mode: UInt32 = 0o700) throws(Errno) {
  let make = { () throws(Errno) in _ = try retrying(path) { mkdir($0, mode) } }
  do throws(Errno) {
    do throws(Errno) { try make() } catch {
      guard error.code == ENOENT, let parent = FilePath(path).folder?.spelling else { throw error }
      try makeFolders(parent, mode: mode)
      try make()
    }
  } catch {
    guard error.code == EEXIST, (try? FileStatus(of: path))?.kind == .directory else {
      throw error
    }
  }
}

/// Makes sure that this process may do something with a file.
///
/// - Parameters:
///   - path: The file.
///   - mode: `R_OK`, `W_OK`, `X_OK` or several of them.
/// - Throws: Why not: `EACCES`, `EROFS` where nobody may.
package func requireAccess(_ path: String, _ mode: Int32) throws(Errno) {
  try retrying(path) { access($0, mode) }
}

/// Names in a folder, as `FilePath` spells them, in no order; none where it cannot be read.
package func folderEntries(_ path: String) -> [String] { (try? readFolder(path)) ?? [] }

/// Names in a folder, as `FilePath` spells them, in no order.
///
/// - Throws: Why it cannot be read.
package func readFolder(_ path: String) throws(Errno) -> [String] {
  guard let folder = FilePath(path).withCString({ opendir($0) }) else { throw .last }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      FilePath(bytes: bytes.prefix { $0 != 0 }).spelling
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}
