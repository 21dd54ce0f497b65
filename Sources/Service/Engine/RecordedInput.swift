internal import Audio
internal import System

/// A recording that a client wants transcribed.
enum RecordedInput: Sendable {
  /// A file, by its absolute path.
  case path(String)
  /// An open file that the client passed on.
  case passed(PassedFile)

  /// Opens it, and waits for all of it that has to be waited for.
  ///
  /// - Parameters:
  ///   - limits: How long to wait.
  ///   - advice: Knows the way out of errors.
  /// - Returns: The file, at its start.
  /// - Throws: An error naming the file.
  func open(within limits: ReadingLimits, advice: Advice) throws(ServiceError) -> AudioFile {
    do throws(AudioError) {
      switch self {
      case .path(let path):
        guard path.hasPrefix("/") else { throw .noInput(path: path, .relative) }
        return try AudioFile(path: path, within: limits)
      case .passed(let file): return try AudioFile(path: file.path, within: limits)
      }
    } catch {
      throw ServiceError(error, advice: advice)
    }
  }
}

/// A file that somebody else opened; closed with this object.
final class PassedFile: Sendable {
  private let descriptor: FileDescriptor

  /// Takes a descriptor over.
  init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }

  /// A path by which this process opens it, valid as long as this object lives.
  var path: String { "/proc/self/fd/\(descriptor.number)" }
}
