internal import Glibc
package import System

/// Tables of lists that were read before, in files that belong to the user alone.
///
/// Nothing depends on them: what is missing, damaged, of another list or program, or somebody
/// else's, is not there, and is written anew. Where there are too many, those go that were not used
/// for the longest time.
package struct TableCache: Sendable {
  /// The folder of the files.
  package let folder: String

  /// Bytes of a list from which on a file is read sooner than a table is made.
  static let smallestList = 4_096
  /// Files that are kept, and their bytes together.
  private static let most = (files: 32, bytes: 96 << 20)

  /// Files in a folder, which is made when the first is written.
  package init(folder: String) { self.folder = folder }

  /// The folder of this user; nil where there is no home.
  package init?(_ folders: UserFolders) {
    guard let cache = try? folders.cache else { return nil }
    self.init(folder: "\(cache)/utter/vocabulary")
  }

  /// The table of a list; nil where there is none.
  func table(of list: [UInt8], _ origin: Term.Origin) -> FormTable? {
    guard list.count >= Self.smallestList, isPrivate, let program = Self.program else { return nil }
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY
    guard let file = try? FileDescriptor(opening: path(of: list), flags),
      let status = try? file.status(), status.kind == .regular, status.owner == geteuid(),
      status.permissions & 0o077 == 0, status.size <= TableFile.largest,
      let read = TableFile(
        file, size: status.size, program: program, list: list, origin: origin)
    else { return nil }
    file.touch()
    return read.table
  }

  /// Keeps the table of a list, as far as that is possible.
  func keep(_ table: FormTable, of list: [UInt8]) {
    guard list.count >= Self.smallestList, let program = Self.program,
      (try? makeFolders(folder)) != nil, isPrivate
    else { return }
    let path = path(of: list)
    let part = "\(path).\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
    do throws(Errno) {
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
      let file = try FileDescriptor(opening: part, flags, mode: 0o600)
      try TableFile(list: list, table: table).write(program) { bytes throws(Errno) in
        try file.write(bytes)
      }
      // Not brought to the disk first: a file that a crash cut short is known by its sum.
      try file.close()
      guard rename(part, path) == 0 else { throw .last }
    } catch {
      unlink(part)
    }
    removeOld()
  }

  /// The file of a list.
  private func path(of list: [UInt8]) -> String {
    "\(folder)/\(ContentHash(of: list))"
  }

  /// Whether the folder is the user's own, and nobody else can look into it.
  private var isPrivate: Bool {
    guard let status = try? FileStatus(of: folder, isFollowingLinks: false) else { return false }
    return status.kind == .directory && status.owner == geteuid() && status.permissions & 0o077 == 0
  }

  private func removeOld() {
    var files = folderEntries(folder).compactMap { name -> (path: String, status: FileStatus)? in
      let path = "\(folder)/\(name)"
      let status = try? FileStatus(of: path, isFollowingLinks: false)
      return status.map { (path, $0) }
    }
    files.sort { $0.status.modified > $1.status.modified }
    var bytes = 0
    for (index, file) in files.enumerated() {
      bytes += file.status.size
      if index >= Self.most.files || bytes > Self.most.bytes { unlink(file.path) }
    }
  }

  /// A number for this program as it was built, for another one may read spellings otherwise; nil
  /// where it cannot be told.
  private static let program: UInt64? = {
    guard let status = try? FileStatus(of: "/proc/self/exe") else { return nil }
    let version = "\(status.identity.number) \(status.size) \(status.modified)"
    return ContentHash(of: version.utf8).number
  }()
}
