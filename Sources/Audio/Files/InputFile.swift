internal import Glibc
internal import System

/// An open recording that can be read from the start and in any order.
///
/// Pipes and standard input are copied to an unnamed temporary file first, because decoders seek.
final class InputFile {
  /// The name the caller used; "-" for standard input.
  let path: String
  /// Whether the bytes can be found under `path`: not those of standard input or of a pipe.
  let isNamed: Bool
  /// Length in bytes when it was opened.
  let size: Int
  private let descriptor: FileDescriptor

  /// Opens a file, a pipe or standard input.
  ///
  /// A named pipe is waited for until somebody writes to it: to open it waits for nobody, and it
  /// tells of an end only when it had a writer.
  ///
  /// - Parameters:
  ///   - path: The file; "-" for standard input.
  ///   - limits: How long to wait for a pipe.
  /// - Throws: `AudioError.noInput`.
  init(path: String, within limits: ReadingLimits) throws(AudioError) {
    self.path = path
    let opened = try Self.open(path)
    switch try Self.kind(of: opened, path: path) {
    case .regular where opened.position == 0:
      descriptor = opened
      isNamed = path != "-"
    case .regular, .pipe, .socket:
      descriptor = try Self.copy(of: opened, path: path, within: limits)
      isNamed = false
    case .directory: throw .noInput(path: path, .directory)
    case .device, .link: throw .noInput(path: path, .device)
    }
    size = (try? descriptor.status().size) ?? 0
    guard size > 0 else { throw .noInput(path: path, isNamed ? .empty : .silent) }
  }

  /// Reads from a place until there is no more room, or no more file.
  ///
  /// - Returns: How many bytes; fewer also where the disk fails, as at an end.
  func read(into bytes: UnsafeMutableRawBufferPointer, at place: Int) -> Int {
    guard bytes.count > 0, place >= 0 else { return 0 }
    return (try? descriptor.read(into: bytes, at: place)) ?? 0
  }

  /// Another descriptor for the same bytes, with the same position.
  func duplicate() throws(AudioError) -> FileDescriptor {
    do throws(Errno) {
      return try descriptor.duplicate()
    } catch {
      throw .noInput(path: path, .closed(error))
    }
  }

  private static func open(_ path: String) throws(AudioError) -> FileDescriptor {
    do throws(Errno) {
      guard path != "-" else {
        guard StandardStream.input.isOpen else { throw Errno(EBADF) }
        return try FileDescriptor(duplicating: STDIN_FILENO)
      }
      return try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
    } catch {
      throw .noInput(path: path, .closed(error))
    }
  }

  private static func kind(
    of descriptor: borrowing FileDescriptor, path: String
  ) throws(AudioError) -> FileStatus.Kind {
    do throws(Errno) {
      return try descriptor.status().kind
    } catch {
      throw .noInput(path: path, .closed(error))
    }
  }

  /// Copies all that a pipe delivers to a temporary file without a name.
  private static func copy(
    of pipe: consuming FileDescriptor, path: String, within limits: ReadingLimits
  ) throws(AudioError) -> FileDescriptor {
    let pipe = SharedDescriptor(pipe)
    let reader = PatientReader(within: limits) { limit in
      pipe.descriptor.isReadable(within: limit)
    } read: { bytes throws(Errno) in
      // A pipe without a writer looks like one at its end. And standard input may block: other
      // programs may have it too, so that this cannot be changed.
      guard pipe.descriptor.isReadable(within: .zero) else { throw Errno(EAGAIN) }
      return try pipe.descriptor.read(into: bytes)
    }
    do throws(InputFault.CopyFault) {
      return try reader.copy()
    } catch {
      throw .noInput(path: path, .uncopied(error))
    }
  }
}

/// A descriptor for functions that outlive a scope.
private final class SharedDescriptor {
  let descriptor: FileDescriptor

  init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }
}
