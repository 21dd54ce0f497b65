internal import Glibc

/// Tells that something changed in some folders: files that came, went, or were written
/// (`inotify(7)`).
package final class FolderChanges: Sendable {
  private let watch: FileDescriptor

  /// Watches folders from now on.
  ///
  /// - Parameter folders: Their paths. Of one that is not there, the nearest folder round it is
  ///   watched; one that may not be watched is left out.
  /// - Throws: Where the system has no more descriptors or watches.
  package init(in folders: some Sequence<String>) throws(Errno) {
    watch = FileDescriptor(
      owning: try retrying { inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) })
    for folder in folders { try add(folder) }
  }

  private func add(_ folder: String) throws(Errno) {
    let events =
      UInt32(IN_CREATE | IN_CLOSE_WRITE | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE)
      | UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_ONLYDIR)
    var path = folder[...]
    while path.hasPrefix("/") {
      do throws(Errno) {
        try retrying(path.isEmpty ? "/" : String(path)) {
          inotify_add_watch(watch.number, $0, events)
        }
        return
      } catch {
        guard error.code == ENOENT || error.code == ENOTDIR else {
          if error.code == EACCES { return }
          throw error
        }
      }
      path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    }
  }

  /// What to wait for; readable from a change to `forget`.
  package var number: Int32 { watch.number }

  /// Forgets the changes up to now; the folders have to be looked at anyway.
  package func forget() { watch.forgetChanges() }
}
