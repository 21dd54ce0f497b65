internal import Glibc
internal import System
internal import TOML

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
  /// - Throws: `ConfigurationError.unreadable`, or `.untrusted`: a file may name programs to run.
  static func read(_ path: String) throws(ConfigurationError) -> [UInt8] {
    do throws(FolderFault) {
      if let folder = FilePath(path).folder?.spelling { try requireOwn(folder, .shared) }
      if (try? FileStatus(of: path))?.kind == .regular { try requireOwn(path) }
    } catch {
      throw .untrusted(error)
    }
    do throws(Errno) {
      // Without waiting, where the path is a pipe that nobody writes to.
      let file = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
      switch try file.status().kind {
      case .regular: return try file.readAll(limit: largest)
      case .directory: throw Errno(EISDIR)
      case .pipe, .socket, .device, .link: throw Errno(ESPIPE)
      }
    } catch {
      switch error.code {
      case ENOENT: return []
      case EISDIR: throw .unreadable(path: path, reason: "is a folder")
      case ESPIPE: throw .unreadable(path: path, reason: "is not a file")
      case EFBIG: throw .unreadable(path: path, reason: "is larger than 1 MiB")
      default: throw .unreadable(path: path, reason: error.description)
      }
    }
  }

  /// The place of a byte, for an error.
  func place(of offset: Int) -> ConfigurationError.Place {
    .file(path, TOMLPlace(of: offset, in: document.bytes))
  }
}
