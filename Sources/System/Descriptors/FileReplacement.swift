internal import Glibc

/// Gives a file another content at once or not at all: who opens it gets the old one or the new
/// one, never a part, even where the power fails.
///
/// A link stays, and what it leads to is replaced. What lies there should be a regular file or
/// nothing, for anything else is replaced too.
///
/// - Parameters:
///   - path: The file, in a folder that exists.
///   - bytes: All of the new content.
///   - mode: Its permissions; nil for those of the old file, and without one for what the process's
///     mask leaves of `rw-rw-rw-`.
/// - Throws: Why it cannot be replaced; then the old one stays, and nothing else is left behind.
package func replaceFile(
  _ path: String, with bytes: [UInt8], mode: UInt32? = nil
) throws(Errno) {
  let target = try endOfLinks(path)
  let permissions = mode ?? (try? FileStatus(of: target))?.permissions
  // In the same folder, for only within a file system does a name pass on.
  let part = "\(target).\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
  let file = try FileDescriptor(opening: part, O_WRONLY | O_CREAT | O_EXCL, mode: mode ?? 0o666)
  do throws(Errno) {
    try file.write(bytes)
    if let permissions { try retrying { fchmod(file.number, permissions) } }
    try file.synchronize()
    try file.close()
    try retrying { rename(part, target) }
  } catch {
    unlink(part)
    throw error
  }
}

/// What a path leads to, whether that exists or not: itself where it is no link.
///
/// - Throws: `ELOOP` for links in a circle.
package func endOfLinks(_ path: String) throws(Errno) -> String {
  var end = path
  // As many as the kernel follows.
  for _ in 0..<40 {
    let link = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { room in
      guard let start = room.baseAddress else { return String?.none }
      let count = readlink(end, start, room.count)
      return count > 0
        ? String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self) : nil
    }
    guard let link else { return end }
    let folder = end.lastIndex(of: "/").map { end[...$0] } ?? ""
    end = link.hasPrefix("/") ? link : folder + link
  }
  throw Errno(ELOOP)
}
