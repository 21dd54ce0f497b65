internal import Glibc

/// An open recording that can be read from the start and in any order.
///
/// Pipes and standard input are copied to an unlinked temporary file first, because decoders seek.
/// The descriptor closes with this object.
final class InputFile {
  /// The name the caller used; "-" for standard input.
  let path: String
  /// Positioned at the first byte.
  let descriptor: Int32
  /// Whether the bytes can be found under `path`: not those of standard input or of a pipe.
  let isNamed: Bool

  /// Opens a file, a pipe or standard input.
  ///
  /// A named pipe without a writer is an error at once instead of a wait without end: it is opened
  /// non-blocking, and a writer that waits in `open` already counts as one.
  init(path: String) throws(AudioError) {
    self.path = path
    let opened = path == "-" ? fcntl(0, F_DUPFD_CLOEXEC, 3) : open(path, openFlags)
    guard opened >= 0 else { throw InputFile.openError(path) }
    var status = stat()
    guard fstat(opened, &status) == 0 else {
      close(opened)
      throw InputFile.openError(path)
    }
    do throws(AudioError) {
      switch status.st_mode & S_IFMT {
      case S_IFREG where lseek(opened, 0, SEEK_CUR) == 0:
        guard status.st_size > 0 else {
          throw AudioError.noInput(
            path: path, reason: "is empty", hint: "name a file that holds a recording")
        }
        descriptor = opened
        isNamed = path != "-"
      case S_IFREG, S_IFIFO, S_IFSOCK:
        descriptor = try InputFile.spool(opened, path: path)
        isNamed = false
        close(opened)
      case S_IFDIR:
        throw AudioError.noInput(
          path: path, reason: "is a directory", hint: "name the recordings inside it")
      default:
        throw AudioError.noInput(
          path: path, reason: "is a device, not a recording",
          hint: "name a file, or send a recording through a pipe")
      }
    } catch {
      close(opened)
      throw error
    }
  }

  deinit { close(descriptor) }

  /// Length in bytes.
  var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Copies all that a pipe delivers to a temporary file that has no name.
  private static func spool(_ pipe: Int32, path: String) throws(AudioError) -> Int32 {
    _ = fcntl(pipe, F_SETFL, fcntl(pipe, F_GETFL) & ~O_NONBLOCK)
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/utter-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw spoolError(path, "cannot make a temporary file in \(folder)") }
    unlink(template)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)

    let copied: Int
    do throws(AudioError) {
      copied = try copy(from: pipe, to: file, path: path)
    } catch {
      close(file)
      throw error
    }
    guard copied > 0, lseek(file, 0, SEEK_SET) == 0 else {
      close(file)
      throw .noInput(
        path: path, reason: "delivers no data", hint: "check the program that writes to it")
    }
    return file
  }

  /// Copies bytes until the end and returns how many.
  private static func copy(
    from pipe: Int32, to file: Int32, path: String
  ) throws(AudioError) -> Int {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    var total = 0
    while true {
      let count = Glibc.read(pipe, block.baseAddress, block.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw spoolError(path, "cannot be read") }
      if count == 0 { return total }
      var written = 0
      while written < count {
        let step = write(file, block.baseAddress?.advanced(by: written), count - written)
        if step < 0 && errno == EINTR { continue }
        guard step > 0 else { throw spoolError(path, "cannot be copied to a temporary file") }
        written += step
      }
      total += count
    }
  }

  private static func spoolError(_ path: String, _ what: String) -> AudioError {
    .noInput(
      path: path, reason: "\(what): \(String(cString: strerror(errno)))",
      hint: "set TMPDIR to a directory with room for the recording")
  }

  private static func openError(_ path: String) -> AudioError {
    let code = errno
    let hint =
      switch code {
      case ENOENT, ENOTDIR: "check the spelling and the directory"
      case EACCES: "ask its owner for permission to read it"
      case EBADF: "standard input is closed; name a file"
      default: "check that the file can be read"
      }
    return .noInput(
      path: path, reason: "cannot be opened: \(String(cString: strerror(code)))", hint: hint)
  }
}

private let openFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
