internal import Glibc
internal import System

/// The socket that clients connect to: made here, or handed over by systemd.
package final class ListeningSocket: Sendable {
  /// What is closed at the end.
  private struct Open: ~Copyable, Sendable {
    let socket: UnixSocket
    /// Held as long as the socket is ours; nil for one of systemd's, or in no folder.
    let lock: FileDescriptor?
    /// Which file is the socket's; nil for one of systemd's, or in no folder.
    let file: FileStatus.Identity?
  }

  /// Where it lies.
  package let path: String
  /// Whether systemd made it, and keeps it when the daemon ends.
  package let isInherited: Bool
  /// The kernel's number for the socket, which listens and does not block; valid until `end`.
  package let number: Int32
  private let open: Monitor<Open?>

  /// Makes the socket for its user alone, in the place of one that a dead daemon left.
  ///
  /// - Throws: Where another daemon has it, or the system refuses.
  package init(_ place: SocketPath) throws(SocketError) {
    path = place.path
    isInherited = false
    let lock = try place.isAbstract ? nil : Self.lock(place)
    let socket = try Self.listen(place)
    number = socket.number
    let file = try? FileStatus(of: path, isFollowingLinks: false).identity
    open = Monitor(Open(socket: socket, lock: lock, file: file))
  }

  /// Takes over a socket that listens already, and does not block.
  init(inherited socket: consuming UnixSocket) {
    path = socket.path ?? ""
    isInherited = true
    number = socket.number
    open = Monitor(Open(socket: socket, lock: nil, file: nil))
  }

  deinit { end() }

  /// The next client, whose socket does not block.
  ///
  /// - Throws: `EAGAIN` where nobody waits, or nobody can any more.
  func accept() throws(Errno) -> UnixSocket {
    try open.withLock { open throws(Errno) in
      guard let client = try open?.socket.accept() else { throw Errno(EAGAIN) }
      return client
    }
  }

  /// Listens no more, and removes the file if it was made here.
  func end() {
    open.withLock { open in
      // Somebody may have put another file in its place.
      if let file = open?.file, file == Self.identity(path) { unlink(path) }
      open = nil
    }
  }

  private static func identity(_ path: String) -> FileStatus.Identity? {
    try? FileStatus(of: path, isFollowingLinks: false).identity
  }

  private static func prepareDirectory(of place: SocketPath) throws(SocketError) {
    let directory = place.directory
    // Whoever can write where the socket is to be can put another one there.
    do throws(FolderFault) {
      if place.isPrivate, let folder = FilePath(directory).folder?.spelling {
        try requireOwn(folder)
      }
      try requireOwn(directory, place.isPrivate ? .closed : .shared)
    } catch {
      throw SocketError(error.path, .unsafe(error.reason))
    }
    guard mkdir(directory, 0o700) != 0 else { return }
    let failure = Errno.last
    guard failure.code == EEXIST else { throw SocketError(directory, .system(failure)) }
    // Where the user chose the place, it may lie behind a link.
    guard place.isPrivate else { return }
    guard (try? FileStatus(of: directory, isFollowingLinks: false).kind) == .directory else {
      throw SocketError(directory, .foreignFolder)
    }
  }

  /// Keeps daemons that start at the same time apart; the lock ends with its process.
  private static func lock(_ place: SocketPath) throws(SocketError) -> FileDescriptor {
    try prepareDirectory(of: place)
    let path = place.path + ".lock"
    do throws(Errno) {
      let lock = try FileDescriptor(opening: path, O_RDWR | O_CREAT | O_NOFOLLOW)
      try lock.lock()
      return lock
    } catch {
      throw error.code == EWOULDBLOCK
        ? SocketError(place.path, .isRunning) : SocketError(path, .system(error))
    }
  }

  private static func listen(_ place: SocketPath) throws(SocketError) -> UnixSocket {
    let address = try place.address
    if !place.isAbstract { try removeDead(place, address) }
    do throws(Errno) {
      let socket = try UnixSocket(.stream)
      try socket.listen(at: address)
      try socket.descriptor.setBlocking(false)
      return socket
    } catch {
      // A name in no folder ends with its daemon.
      throw SocketError(
        place.path,
        place.isAbstract && error.code == EADDRINUSE ? .isRunning : .system(error))
    }
  }

  /// Removes the socket of a daemon that is no more.
  private static func removeDead(_ place: SocketPath, _ address: UnixAddress) throws(SocketError) {
    guard let status = try? FileStatus(of: place.path, isFollowingLinks: false) else { return }
    guard status.kind == .socket else { throw SocketError(place.path, .occupied) }
    let probe = try place.attempting { () throws(Errno) in
      let probe = try UnixSocket(.stream)
      // A full queue must not make us wait.
      try probe.descriptor.setBlocking(false)
      return probe
    }
    do throws(Errno) {
      try probe.connect(to: address)
    } catch  where error.code == ECONNREFUSED {
      guard unlink(place.path) == 0 else { throw SocketError(place.path, .system(.last)) }
      return
    } catch {}
    throw SocketError(place.path, .isRunning)
  }
}
