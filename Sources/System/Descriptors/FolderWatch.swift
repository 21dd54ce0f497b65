internal import Glibc

extension FileDescriptor {
  /// A descriptor that becomes readable when a file appears in a folder, or when it may be read
  /// from now on (`inotify(7)`).
  ///
  /// - Parameter folder: The folder.
  /// - Throws: `ENOENT` where there is none.
  package init(watching folder: String) throws(Errno) {
    let watch = FileDescriptor(
      owning: try retrying { inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) })
    // A new device may be read only once it was given to its group: a change of attributes.
    let events = UInt32(IN_CREATE | IN_ATTRIB | IN_MOVED_TO)
    try retrying(folder) { inotify_add_watch(watch.number, $0, events) }
    self = watch
  }

  /// Forgets what such a descriptor has to tell by now; the folder has to be looked at anyway.
  package func forgetChanges() {
    withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 8) { bytes in
      while (try? read(into: bytes)) ?? 0 > 0 {}
    }
  }
}
