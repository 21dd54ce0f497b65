internal import CLinux
internal import Glibc

/// Gives a file another content at once or not at all: who opens it gets the old one or the new
/// one, never a part, even where the power fails.
///
/// A link stays, and what it leads to is replaced. What lies there should be a regular file or
/// nothing, for anything else is replaced too. A file of somebody else's stays theirs: where that
/// cannot be had otherwise it is written in its place, and not at once.
///
/// - Parameters:
///   - path: The file, in a folder that exists.
///   - mode: Its permissions; nil for those of the old file, and without one for what the process's
///     mask leaves of `rw-rw-rw-`.
///   - write: Writes all of the new content.
/// - Throws: Why it cannot be replaced; then the old one stays, and nothing else is left behind.
package func replaceFile(
  _ path: String, mode: UInt32? = nil, by write: (borrowing FileDescriptor) throws(Errno) -> Void
) throws(Errno) {
  let target = try endOfLinks(path)
  let old = try? FileStatus(of: target)
  let permissions = mode ?? old?.permissions
  // In the same folder, for only within a file system does a name pass on; and a name of its own,
  // for the file's may be as long as names can be.
  let part = (FilePath(target).folder ?? FilePath("")).appending(
    FilePath(".utter-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))")
  ).spelling
  var isNamed = false
  let file = try newFile(part, mode: permissions.map { $0 & 0o600 } ?? 0o666, &isNamed)
  do throws(Errno) {
    if let old, try !file.keepOwner(of: old) {
      if isNamed { try retrying(part) { unlink($0) } }
      return try overwriteFile(target, by: write)
    }
    try write(file)
    // After the owner, who might have lost some of them; not before all is written.
    if let permissions { try retrying { fchmod(file.number, permissions) } }
    try file.synchronize()
    if !isNamed {
      let file = file.number
      try retrying(part) { clinux_name_file(file, $0) }
    }
    try file.close()
    try renameFile(part, to: target)
  } catch {
    _ = try? retrying(part) { unlink($0) }
    throw error
  }
}

/// Gives a file these bytes at once or not at all.
///
/// - Parameters:
///   - path: The file, in a folder that exists.
///   - bytes: All of the new content.
///   - mode: Its permissions; nil for those of the old file.
/// - Throws: Why it cannot be replaced; then the old one stays, and nothing else is left behind.
package func replaceFile(
  _ path: String, with bytes: [UInt8], mode: UInt32? = nil
) throws(Errno) {
  try replaceFile(path, mode: mode) { (file) throws(Errno) in try file.write(bytes) }
}

/// A file to be written, without a name where the file system can do that: then a program that is
/// killed meanwhile leaves nothing behind.
private func newFile(
  _ path: String, mode: UInt32, _ isNamed: inout Bool
) throws(Errno) -> FileDescriptor {
  do throws(Errno) {
    let folder = FilePath(path).folder?.spelling ?? "."
    return FileDescriptor(owning: try retrying(folder) { clinux_nameless_file($0, mode) })
  } catch {
    guard [EOPNOTSUPP, EISDIR, EINVAL].contains(error.code) else { throw error }
    isNamed = true
    return try FileDescriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
  }
}

extension FileDescriptor {
  /// Gives the file to those whose the old one is; false where that is not permitted.
  fileprivate func keepOwner(of old: FileStatus) throws(Errno) -> Bool {
    let new = try status()
    guard new.owner != old.owner || new.group != old.group else { return true }
    do throws(Errno) {
      try retrying { fchown(number, old.owner, old.group) }
      return true
    } catch {
      guard [EPERM, EACCES].contains(error.code) else { throw error }
      return false
    }
  }
}

private func overwriteFile(
  _ path: String, by write: (borrowing FileDescriptor) throws(Errno) -> Void
) throws(Errno) {
  let file = try FileDescriptor(opening: path, O_WRONLY)
  try file.empty()
  try write(file)
  try file.synchronize()
  try file.close()
}

private func renameFile(_ path: String, to target: String) throws(Errno) {
  try retrying(path) { path in FilePath(target).withCString { rename(path, $0) } }
}

/// What a path leads to, whether that exists or not: itself where it is no link.
///
/// - Throws: `ELOOP` for links in a circle.
package func endOfLinks(_ path: String) throws(Errno) -> String {
  var end = FilePath(path)
  // As many as the kernel follows.
  for _ in 0..<40 {
    let link = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { room in
      guard let start = room.baseAddress else { return FilePath?.none }
      let count = end.withCString { readlink($0, start, room.count) }
      return count > 0
        ? FilePath(bytes: UnsafeRawBufferPointer(start: start, count: count)) : nil
    }
    guard let link else { return end.spelling }
    let isAbsolute = link.bytes.first == UInt8(ascii: "/")
    end = isAbsolute ? link : end.folder?.appending(link) ?? link
  }
  throw Errno(ELOOP)
}
