internal import Glibc

/// The file of the configuration: its text, and what is written there.
struct ConfigurationFile {
  /// Where it is, or would be.
  let path: String
  /// Its text, and what is written there.
  let document: TOMLDocument

  /// Bytes beyond which a file is not a configuration.
  private static let largest = 1 << 20

  /// Reads a file; one that is missing reads like an empty one.
  ///
  /// - Throws: `ConfigurationError.unreadable` or `.malformed`.
  init(path: String) throws(ConfigurationError) {
    try self.init(path: path, bytes: try Self.read(path))
  }

  /// Takes a text for that of a file.
  ///
  /// - Throws: `ConfigurationError.malformed`.
  init(path: String, bytes: [UInt8]) throws(ConfigurationError) {
    do throws(TOMLError) {
      self.init(path: path, document: try TOMLDocument(bytes))
    } catch {
      throw .malformed(path: path, error)
    }
  }

  init(path: String, document: TOMLDocument) {
    (self.path, self.document) = (path, document)
  }

  /// The bytes of a file; none where it is missing.
  ///
  /// - Throws: `ConfigurationError.unreadable`.
  static func read(_ path: String) throws(ConfigurationError) -> [UInt8] {
    // Without waiting, where the path is a pipe that nobody writes to.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return [] }
      throw .unreadable(path: path, reason: systemText())
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(path: path, reason: systemText())
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .unreadable(path: path, reason: "is a folder")
    default: throw .unreadable(path: path, reason: "is not a file")
    }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &part, part.count)
      if count == 0 { return bytes }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw .unreadable(path: path, reason: systemText())
      }
      bytes += part[..<count]
      guard bytes.count <= largest else {
        throw .unreadable(path: path, reason: "is larger than 1 MiB")
      }
    }
  }

  /// The place of a byte, for an error.
  func place(of offset: Int) -> ConfigurationError.Place {
    .file(path, TOMLPlace(of: offset, in: document.bytes))
  }
}

/// The system's own text for the error that has just happened.
func systemText() -> String { String(cString: strerror(errno)) }
