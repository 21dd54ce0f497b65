internal import Glibc

/// An open file, socket or other thing of the kernel's, with one owner, who closes it once.
///
/// Every call that a signal interrupts is made again.
package struct FileDescriptor: ~Copyable, Sendable {
  /// The kernel's number for it, valid as long as this value lives.
  package let number: Int32

  /// Takes over a descriptor that nobody else closes.
  ///
  /// - Parameter number: Not negative.
  package init(owning number: Int32) {
    precondition(number >= 0, "no descriptor")
    self.number = number
  }

  /// Opens a file; programs that are started do not inherit it.
  ///
  /// - Parameters:
  ///   - path: The file, as `FilePath` spells it.
  ///   - flags: `O_RDONLY` and others; `O_CLOEXEC` is added.
  ///   - mode: The permissions of a file that is made.
  /// - Throws: Why it cannot be opened.
  package init(
    opening path: String, _ flags: Int32, mode: UInt32 = 0o600
  ) throws(Errno) {
    number = try retrying(path) { open($0, flags | O_CLOEXEC, mode) }
  }

  /// Opens what has a name in a folder, and no link of that name.
  ///
  /// - Parameters:
  ///   - name: Its name, without a slash.
  ///   - folder: The folder.
  ///   - flags: `O_RDONLY` and others.
  /// - Throws: Why it cannot be opened: `ELOOP` for a link.
  package init(
    opening name: String, in folder: borrowing FileDescriptor, _ flags: Int32
  ) throws(Errno) {
    guard !name.contains("/") else { throw Errno(EINVAL) }
    let folder = folder.number
    number = try retrying { openat(folder, name, flags | O_CLOEXEC | O_NOFOLLOW) }
  }

  /// Takes over a descriptor that this program was started with; programs that it starts do not
  /// inherit it.
  ///
  /// - Throws: `EBADF` where there is none.
  package init(inheriting number: Int32) throws(Errno) {
    try retrying { fcntl(number, F_SETFD, FD_CLOEXEC) }
    self.number = number
  }

  deinit { Glibc.close(number) }

  /// Gives it away, to somebody who will close it.
  package consuming func release() -> Int32 {
    let number = number
    discard self
    return number
  }

  /// Closes it, and tells what some file systems only say then: that something was not written.
  ///
  /// - Throws: What `close` says; it is closed all the same.
  package consuming func close() throws(Errno) {
    let result = Glibc.close(release())
    if result != 0, errno != EINTR { throw .last }
  }

  /// Another descriptor for the same open file, with the same position.
  ///
  /// - Throws: Where the system has no more of them.
  package func duplicate() throws(Errno) -> FileDescriptor {
    try FileDescriptor(duplicating: number)
  }

  /// A descriptor of our own for one that belongs to somebody else.
  ///
  /// - Throws: `EBADF` where there is none.
  package init(duplicating number: Int32) throws(Errno) {
    // Not one of the three that every program takes for its standard streams.
    self.number = try retrying { fcntl(number, F_DUPFD_CLOEXEC, 3) }
  }

  /// Makes calls wait for what they need, or fail with `EAGAIN` instead.
  package func setBlocking(_ isBlocking: Bool) throws(Errno) {
    let flags = try retrying { fcntl(number, F_GETFL) }
    let wanted = isBlocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK
    try retrying { fcntl(number, F_SETFL, wanted) }
  }

  /// Locks the file against other programs that lock it; the lock ends with the descriptor.
  ///
  /// - Parameter isWaiting: Whether to wait for another's lock to end.
  /// - Throws: `EWOULDBLOCK` for another's lock.
  package func lock(isWaiting: Bool = false) throws(Errno) {
    try retrying { flock(number, isWaiting ? LOCK_EX : LOCK_EX | LOCK_NB) }
  }

  /// Ends the lock before the descriptor ends.
  package func unlock() throws(Errno) { try retrying { flock(number, LOCK_UN) } }

  /// What the file is.
  ///
  /// - Throws: Seldom; on some network file systems.
  package func status() throws(Errno) -> FileStatus {
    var status = stat()
    try retrying { fstat(number, &status) }
    return FileStatus(status)
  }

  /// Takes everything out of a file.
  ///
  /// - Throws: Where it is none, or may not be written.
  package func empty() throws(Errno) { try retrying { ftruncate(number, 0) } }

  /// Notes that the file is used now, as far as the user may.
  package func touch() { _ = futimens(number, nil) }

  /// Brings to the disk what was written.
  ///
  /// - Throws: Where something is lost.
  package func synchronize() throws(Errno) { try retrying { fsync(number) } }
}
