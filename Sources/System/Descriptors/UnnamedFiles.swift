internal import CLinux
internal import Glibc

extension FileDescriptor {
  /// A file in memory, which no disk ever sees.
  ///
  /// Unlike a pipe it never fills and never breaks, so that nobody has to keep up with anybody.
  ///
  /// - Parameter bytes: What is in it; it is read from the start.
  /// - Throws: Where there is no memory.
  package init(inMemory bytes: [UInt8] = []) throws(Errno) {
    let file = FileDescriptor(owning: try retrying { clinux_memory_file() })
    try bytes.withUnsafeBufferPointer { bytes throws(Errno) in
      try file.write(UnsafeRawBufferPointer(bytes), at: 0)
    }
    self = file
  }

  /// A file on a disk that no name leads to: its room is free again when it is closed, however this
  /// program ends.
  ///
  /// - Parameter folder: Where it takes up room.
  /// - Throws: Why it cannot be made.
  package init(unnamedIn folder: String) throws(Errno) {
    self.init(owning: try Self.openUnnamed(in: folder))
  }

  private static func openUnnamed(in folder: String) throws(Errno) -> Int32 {
    do throws(Errno) {
      return try retrying(folder) { clinux_unnamed_file($0) }
    } catch {
      // What file systems say that have only files with names.
      guard [EOPNOTSUPP, EISDIR, EINVAL].contains(error.code) else { throw error }
      let place = FilePath(folder).appending(FilePath("utter-XXXXXX"))
      var template = place.bytes.map { CChar(bitPattern: $0) } + [0]
      let number = try retrying { mkostemp(&template, O_CLOEXEC) }
      unlink(template)
      return number
    }
  }
}
