internal import Foundation

/// The lines of a file, the last one first.
///
/// Who wants the newest entries of a long file reads no more of it than holds them.
struct LinesFromEnd {
  private let file: FileHandle
  /// Bytes before what was read so far.
  private var unread: UInt64
  /// What was read and not given out yet.
  private var rest = Data()

  /// Bytes that are read at once.
  private static let block: UInt64 = 1 << 16

  /// Begins at the end of what the file holds now.
  ///
  /// - Parameter file: The file; nobody else may use the handle meanwhile.
  /// - Throws: What the system says, also of a file without an end, such as a pipe.
  init(of file: FileHandle) throws {
    self.file = file
    unread = try file.seekToEnd()
  }

  /// The line before the last one that was given out.
  ///
  /// - Returns: The line without its newline, which may be empty; nil at the start of the file.
  /// - Throws: What the system says.
  mutating func next() throws -> Data? {
    while true {
      if let newline = lastNewline {
        defer { rest = rest.prefix(newline) }
        return rest.dropFirst(newline + 1)
      }
      guard unread > 0 else {
        defer { rest = Data() }
        return rest.isEmpty ? nil : rest
      }
      let count = min(unread, Self.block)
      try file.seek(toOffset: unread - count)
      guard let block = try file.read(upToCount: Int(count)), block.count == count else {
        throw POSIXError(.EIO)
      }
      unread -= count
      rest = block + rest
    }
  }

  /// How many bytes of what was read come before its last newline.
  private var lastNewline: Int? {
    rest.withUnsafeBytes { $0.lastIndex(of: 0x0A) }
  }
}
