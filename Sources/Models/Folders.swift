internal import Checkpoint
internal import Glibc
internal import System

/// Names in a folder, none where it cannot be read.
func folderEntries(_ path: String) -> [String] {
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

/// Makes a folder and those above it.
func makeFolders(_ path: String) throws(ModelError) {
  if isFolder(path) || path.isEmpty { return }
  if let slash = path.lastIndex(of: "/") { try makeFolders(String(path[..<slash])) }
  guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .unwritable(path) }
}

/// Removes a model's files and then its folder; a folder with anything else in it stays.
func removeModelFolder(_ path: String) throws(ModelError) {
  let files = [
    ModelFolder.weightsFile, ModelFolder.tokenizerFile, ModelFolder.configurationFile,
  ]
  for file in files where unlink("\(path)/\(file)") != 0 && errno != ENOENT {
    throw .unwritable("\(path)/\(file)")
  }
  guard rmdir(path) == 0 || errno == ENOENT else { throw .unwritable(path) }
}

/// Brings a folder's names to the disk, where its file system can.
func synchronize(_ folder: String) {
  try? FileDescriptor(opening: folder, O_RDONLY | O_DIRECTORY).synchronize()
}

/// Bytes free for files below a folder; nil where the system does not say.
func freeSpace(_ folder: String) -> Int? {
  var status = statvfs()
  guard statvfs(folder, &status) == 0 else { return nil }
  return Int(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
}
