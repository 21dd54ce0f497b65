internal import Glibc

/// Writes all the bytes to an open file.
///
/// - Parameters:
///   - bytes: What to write.
///   - descriptor: The open file.
/// - Returns: Whether the system took them; if not, `errno` says why.
package func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
  var rest = bytes
  while let start = rest.baseAddress, !rest.isEmpty {
    let written = Glibc.write(descriptor, start, rest.count)
    if written > 0 {
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    } else if errno != EINTR {
      return false
    }
  }
  return true
}
