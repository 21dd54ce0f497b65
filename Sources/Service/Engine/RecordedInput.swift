internal import Audio
internal import Glibc

/// A recording that a client wants transcribed.
enum RecordedInput: Sendable {
  /// A file, by its absolute path.
  case path(String)
  /// An open file that the client passed on.
  case descriptor(PassedDescriptor)

  /// Opens it.
  ///
  /// - Parameter advice: Knows the way out of errors.
  /// - Returns: The file, at its start.
  /// - Throws: An error naming the file.
  func open(advice: Advice) throws(ServiceError) -> AudioFile {
    do throws(AudioError) {
      switch self {
      case .path(let path):
        guard path.hasPrefix("/") else { throw .noInput(path: path, .relative) }
        return try AudioFile(path: path)
      case .descriptor(let passed): return try AudioFile(path: "/proc/self/fd/\(passed.number)")
      }
    } catch {
      throw ServiceError(error, advice: advice)
    }
  }
}

/// A descriptor that somebody else opened; closed with this object.
final class PassedDescriptor: Sendable {
  let number: Int32

  /// Takes a descriptor over.
  init(_ number: Int32) { self.number = number }

  deinit { close(number) }
}
