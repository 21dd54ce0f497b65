internal import Glibc

/// What the system knows about a file.
package struct FileStatus: Equatable, Sendable {
  /// What kind of thing it is.
  package enum Kind: Sendable {
    case regular, directory, pipe, socket, device, link
  }

  /// What tells a file from another one that has its path.
  package struct Identity: Hashable, Sendable {
    private let device: UInt64
    /// Its number on its file system or, for a pipe, among all pipes.
    package let number: UInt64

    init(_ status: stat) {
      device = UInt64(status.st_dev)
      number = UInt64(status.st_ino)
    }
  }

  /// Its kind.
  package let kind: Kind
  /// Bytes in a regular file.
  package let size: Int
  /// The user whose it is.
  package let owner: UInt32
  /// The group that it belongs to.
  package let group: UInt32
  /// Who may do what: the nine bits of `rwxrwxrwx`.
  package let permissions: UInt32
  /// Whether only their owners may remove or rename what lies in it, as in `/tmp`.
  package let isSticky: Bool
  /// When its content changed last, in nanoseconds since 1970.
  package let modified: Int
  /// Which one it is.
  package let identity: Identity

  /// The status of what lies at a path; a link is followed only where that is asked for.
  ///
  /// - Throws: Why nothing can be told of it: `ENOENT` where nothing is there.
  package init(of path: String, isFollowingLinks: Bool = true) throws(Errno) {
    var status = stat()
    try retrying(path) { isFollowingLinks ? stat($0, &status) : lstat($0, &status) }
    self.init(status)
  }

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      case S_IFLNK: .link
      default: .device
      }
    size = Int(status.st_size)
    owner = status.st_uid
    group = status.st_gid
    isSticky = status.st_mode & S_ISVTX != 0
    permissions = status.st_mode & 0o777
    modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    identity = Identity(status)
  }
}
