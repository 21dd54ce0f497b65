/// A range of bytes inside a mapped file, which stays mapped as long as the region lives.
package struct FileRegion: Sendable {
  /// The file that holds the bytes.
  package let file: MappedFile
  /// Offset of the first byte in the file.
  package let offset: Int
  /// Number of bytes.
  package let count: Int

  /// The whole of a file.
  package init(_ file: MappedFile) {
    self.init(file: file, offset: 0, count: file.bytes.count)
  }

  private init(file: MappedFile, offset: Int, count: Int) {
    self.file = file
    self.offset = offset
    self.count = count
  }

  /// The bytes; valid as long as `file` is referenced.
  package var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: file.bytes[offset..<offset + count])
  }

  /// A part of the region, or nil where it would reach outside.
  func part(offset: Int, count: Int) -> FileRegion? {
    guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
      return nil
    }
    return FileRegion(file: file, offset: self.offset + offset, count: count)
  }

  /// The error for bytes that contradict their format.
  func malformed(_ reason: String) -> CheckpointError {
    .malformed(path: file.path, reason: reason)
  }

  /// The error for bytes that end before what they announce.
  func truncated(_ reason: String) -> CheckpointError {
    .truncated(path: file.path, reason: reason)
  }

  /// The error for what no model needs to hold.
  func forbidden(_ reason: String) -> CheckpointError {
    .forbidden(path: file.path, reason: reason)
  }
}
