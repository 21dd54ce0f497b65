internal import Checkpoint
internal import Glibc
internal import System

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
