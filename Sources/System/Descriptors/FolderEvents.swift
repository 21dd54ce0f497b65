internal import Glibc

/// Tells which files are begun and which become whole in some folders (`inotify(7)`).
///
/// Used by one thread at a time. What happens while nobody asks is kept by the kernel.
package final class FolderEvents {
  /// What happened.
  package enum Event: Equatable, Sendable {
    /// A file was made; who made it may still write it.
    case begun(String)
    /// Who wrote a file has closed it, or it was moved to where it is.
    case whole(String)
    /// Folders came, went or were moved, or some events are lost: all is to be looked at anew.
    case confused
  }

  private let watch: FileDescriptor
  private var folders: [Int32: FilePath] = [:]

  /// Watches nothing yet.
  ///
  /// - Throws: Where the system has no more descriptors.
  package init() throws(Errno) {
    watch = FileDescriptor(
      owning: try retrying { inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) })
  }

  /// Watches a folder from now on, and none of those in it.
  ///
  /// - Throws: `ENOSPC` where the system watches no more folders for the user, `ENOENT` where there
  ///   is none.
  package func add(_ folder: String) throws(Errno) {
    let files = UInt32(IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO)
    let others = UInt32(IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF)
    let number = try retrying(folder) {
      inotify_add_watch(watch.number, $0, files | others | UInt32(IN_ONLYDIR))
    }
    folders[number] = FilePath(folder)
  }

  /// What to wait for; readable where something happened.
  package var number: Int32 { watch.number }

  /// What happened since the last call, in order; paths are those of the folders and a name.
  package func take() -> [Event] {
    var events: [Event] = []
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 8) { bytes in
      while let count = try? watch.read(into: bytes), count > 0 {
        var rest = UnsafeRawBufferPointer(rebasing: bytes[..<count])
        while rest.count >= Self.headSize {
          let size = Self.headSize + Int(rest.load(fromByteOffset: 12, as: UInt32.self))
          guard size <= rest.count else { break }
          if let event = event(UnsafeRawBufferPointer(rebasing: rest[..<size])) {
            events.append(event)
          }
          rest = UnsafeRawBufferPointer(rebasing: rest[size...])
        }
      }
    }
    return events
  }

  /// Bytes of `struct inotify_event` before the name: folder, mask, cookie, length of the name.
  private static let headSize = 16

  private func event(_ bytes: UnsafeRawBufferPointer) -> Event? {
    let mask = bytes.load(fromByteOffset: 4, as: UInt32.self)
    let isOfFile = mask & UInt32(IN_ISDIR) == 0
    guard let folder = folders[bytes.load(as: Int32.self)], isOfFile,
      mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED | IN_Q_OVERFLOW) == 0
    else { return .confused }
    let path = folder.appending(FilePath(bytes: bytes[Self.headSize...].prefix { $0 != 0 }))
    if mask & UInt32(IN_CLOSE_WRITE | IN_MOVED_TO) != 0 { return .whole(path.spelling) }
    return mask & UInt32(IN_CREATE) != 0 ? .begun(path.spelling) : nil
  }
}
