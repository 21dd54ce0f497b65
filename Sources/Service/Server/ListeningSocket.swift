internal import Glibc
internal import Synchronization

/// The socket that clients connect to: made here, or handed over by systemd.
package final class ListeningSocket: Sendable {
  /// It listens, and does not block.
  package let descriptor: Int32
  /// Where it lies.
  package let path: String
  /// Whether systemd made it, and keeps it when the daemon ends.
  package let isInherited: Bool
  /// Held as long as the socket is ours.
  private let lock: Int32?
  /// Device and number of the socket's file.
  private let file: FileIdentity?
  private let isClosed = Atomic(false)

  /// Makes the socket for its user alone, in the place of one that a dead daemon left.
  ///
  /// - Throws: Where another daemon has it, or the system refuses.
  package init(_ place: SocketPath) throws(SocketError) {
    path = place.path
    isInherited = false
    try Self.prepareDirectory(of: place)
    let lock = try Self.lock(place)
    do {
      descriptor = try Self.listen(place)
    } catch {
      close(lock)
      throw error
    }
    self.lock = lock
    file = FileIdentity(path)
  }

  /// Takes over a socket that listens already.
  init(inherited descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
    isInherited = true
    lock = nil
    file = nil
  }

  deinit { end() }

  /// Listens no more, and removes the file if it was made here.
  func end() {
    guard !isClosed.exchange(true, ordering: .relaxed) else { return }
    // Somebody may have put another file in its place.
    if let file, file == FileIdentity(path) { unlink(path) }
    close(descriptor)
    if let lock { close(lock) }
  }

  private static func prepareDirectory(of place: SocketPath) throws(SocketError) {
    let directory = place.directory
    guard mkdir(directory, 0o700) != 0 else { return }
    guard errno == EEXIST else { throw SocketError(directory, errno: errno) }
    // Where the user chose the place, its directory is the user's business.
    guard place.isPrivate else { return }
    var status = stat()
    guard lstat(directory, &status) == 0 else { throw SocketError(directory, errno: errno) }
    guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else {
      throw SocketError(
        directory, "not a directory of yours", hint: "remove it, and start the daemon again")
    }
    guard status.st_mode & 0o077 == 0 || chmod(directory, 0o700) == 0 else {
      throw SocketError(directory, errno: errno)
    }
  }

  /// Keeps daemons that start at the same time apart; the lock ends with its process.
  private static func lock(_ place: SocketPath) throws(SocketError) -> Int32 {
    let path = place.path + ".lock"
    let lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard lock >= 0 else { throw SocketError(path, errno: errno) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(lock)
      throw code == EWOULDBLOCK ? running(place) : SocketError(path, errno: code)
    }
    return lock
  }

  private static func listen(_ place: SocketPath) throws(SocketError) -> Int32 {
    try removeDead(place)
    let descriptor = try place.socket()
    // The file takes its mode from the socket, so that there is no moment with another one.
    let isListening = try place.withAddress { address, length in
      fchmod(descriptor, 0o600) == 0 && bind(descriptor, address, length) == 0
        && Glibc.listen(descriptor, SOMAXCONN) == 0
        && fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0
    }
    guard isListening else {
      let code = errno
      close(descriptor)
      throw SocketError(place.path, errno: code)
    }
    return descriptor
  }

  /// Removes the socket of a daemon that is no more.
  private static func removeDead(_ place: SocketPath) throws(SocketError) {
    var status = stat()
    guard lstat(place.path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else {
      throw SocketError(place.path, "there is something else", hint: "remove it, or move it away")
    }
    let probe = try place.socket()
    defer { close(probe) }
    // A full queue must not make us wait.
    _ = fcntl(probe, F_SETFL, O_NONBLOCK)
    let answer = try place.withAddress { connect(probe, $0, $1) == 0 ? 0 : errno }
    guard answer == ECONNREFUSED else { throw running(place) }
    guard unlink(place.path) == 0 else { throw SocketError(place.path, errno: errno) }
  }

  private static func running(_ place: SocketPath) -> SocketError {
    SocketError(
      place.path, "another utter serve is running",
      hint: "see `utter status`; `systemctl --user stop utter` ends it")
  }
}

/// What tells a file from another one that has its path.
private struct FileIdentity: Equatable {
  let device: dev_t
  let number: ino_t

  init?(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    (device, number) = (status.st_dev, status.st_ino)
  }
}
