import Glibc

/// Writes all the bytes to an open file.
///
/// - Parameters:
///   - bytes: What to write.
///   - descriptor: The open file.
///   - path: What to call it in an error.
/// - Throws: `CheckpointError.unwritable`.
func writeAll(
  _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String
) throws(CheckpointError) {
  var rest = bytes
  while let start = rest.baseAddress, !rest.isEmpty {
    let written = Glibc.write(descriptor, start, rest.count)
    if written > 0 {
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    } else if errno != EINTR {
      throw unwritable(path)
    }
  }
}

/// The error for the write that has just failed, with a way out where `errno` suggests one.
func unwritable(_ path: String) -> CheckpointError {
  let hint: String? =
    switch errno {
    case ENOSPC, EDQUOT: "free some space, or set UTTER_MODELS to a folder on another disk"
    case EACCES, EROFS, EPERM: "set UTTER_MODELS to a folder that you may write to"
    default: nil
    }
  return .unwritable(path: path, reason: systemErrorText(), hint: hint)
}
