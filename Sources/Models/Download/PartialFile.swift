internal import Glibc
internal import System
internal import TOML

/// A file on its way: what has come of it, and which version of it that belongs to.
///
/// Both outlive the program, so that a later one goes on. One process at a time has it.
final class PartialFile {
  /// The version of the file that what is there belongs to, as far as the hub told.
  struct Version: Equatable {
    /// What the hub said of the whole file.
    var identity = FileIdentity()
    /// What tells this version from others.
    var tag: String?
    /// The commit that it is of.
    var commit: String?
  }

  /// Where the file will be.
  let path: String
  /// Where the heads of answers go.
  let heads: String
  /// What is known of the version; kept by `keep`.
  private(set) var version = Version()
  /// Bytes that are there.
  private(set) var count: Int
  private let part: FileDescriptor
  private let folder: String

  private var partPath: String { "\(path).part" }
  private var versionPath: String { "\(path).version" }

  /// Takes what is there, or nothing.
  ///
  /// - Parameters:
  ///   - file: The file's name.
  ///   - folder: Its folder, which is made.
  /// - Throws: `DownloadError.busy` while another process has it, or `.unwritable`.
  init(_ file: String, in folder: String) throws(DownloadError) {
    self.folder = folder
    path = "\(folder)/\(file)"
    heads = "\(path).heads"
    let place = "\(path).part"
    do throws(Errno) {
      try makeFolders(folder, mode: 0o755)
      part = try FileDescriptor(opening: place, O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o644)
      try part.lock()
      count = try part.status().size
    } catch {
      if error.code == EWOULDBLOCK { throw .busy(path: place) }
      throw .unwritable(path: place, error)
    }
    guard let kept = Self.version(in: versionPath) else {
      try empty()
      return
    }
    version = kept
    if let size = version.identity.size, count > size { try empty() }
  }

  /// Forgets what is there.
  func empty() throws(DownloadError) {
    do throws(Errno) { try part.empty() } catch { throw .unwritable(path: partPath, error) }
    (count, version) = (0, Version())
  }

  /// Adds bytes.
  func append(_ bytes: UnsafeRawBufferPointer) throws(DownloadError) {
    do throws(Errno) { try part.write(bytes, at: count) } catch {
      throw .unwritable(path: partPath, error)
    }
    count += bytes.count
  }

  /// Notes which version the bytes belong to, before the first of them comes.
  func keep(_ version: Version) throws(DownloadError) {
    self.version = version
    var lines: [String] = []
    func add(_ key: String, _ value: TOMLValue?) {
      if let value { lines.append("\(key) = \(value.toml)\n") }
    }
    add("size", version.identity.size.map { .integer($0) })
    add("sha256", version.identity.sha256.map { .text($0) })
    add("tag", version.tag.map { .text($0) })
    add("commit", version.commit.map { .text($0) })
    do throws(Errno) {
      try replaceFile(versionPath, with: Array(lines.joined().utf8), mode: 0o644)
    } catch {
      throw .unwritable(path: versionPath, error)
    }
  }

  /// The SHA-256 of what is there.
  ///
  /// - Parameter advance: Gets the number of bytes that were looked at, after each piece.
  /// - Returns: 64 hexadecimal digits.
  /// - Throws: `DownloadError.unwritable`, and what `advance` throws.
  func digest(_ advance: (Int) throws(DownloadError) -> Void) throws(DownloadError) -> String {
    let digest = SHA256()
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    var place = 0
    while place < count {
      let read: Int
      do throws(Errno) {
        read = try piece.withUnsafeMutableBufferPointer { piece throws(Errno) in
          try part.read(into: UnsafeMutableRawBufferPointer(piece), at: place)
        }
      } catch {
        throw .unwritable(path: partPath, error)
      }
      if read == 0 { break }
      piece.withUnsafeBufferPointer {
        digest.update(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer($0)[..<read]))
      }
      place += read
      try advance(place)
    }
    return digest.finish()
  }

  /// Gives the file its name, now that it is complete.
  func complete() throws(DownloadError) {
    do throws(Errno) {
      try part.synchronize()
      try renameFile(partPath, to: path)
    } catch {
      throw .unwritable(path: partPath, error)
    }
    removeNotes()
  }

  /// Removes all of it.
  func discard() {
    unlink(partPath)
    removeNotes()
    rmdir(folder)
  }

  private func removeNotes() {
    unlink(heads)
    unlink(versionPath)
  }

  private static func version(in file: String) -> Version? {
    guard let bytes = try? FileDescriptor(opening: file, O_RDONLY).readAll(limit: 1 << 16),
      case .table(let table)? = try? TOMLDocument(bytes).value
    else { return nil }
    func text(_ key: String) -> String? {
      if case .text(let text)? = table[key] { text } else { nil }
    }
    var version = Version()
    if case .integer(let size)? = table["size"] { version.identity.size = size }
    version.identity.sha256 = text("sha256").flatMap { FileIdentity.isDigest($0) ? $0 : nil }
    // It becomes part of a request.
    version.tag = text("tag").flatMap { tag in
      tag.utf8.allSatisfy { (0x21...0x7e).contains($0) } ? tag : nil
    }
    version.commit = text("commit")
    return version
  }
}

/// Gives a file another name.
private func renameFile(_ path: String, to target: String) throws(Errno) {
  guard rename(path, target) == 0 else { throw .last }
}
