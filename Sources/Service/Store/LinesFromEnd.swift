internal import Foundation
internal import System

/// The lines of a file, the last one first.
///
/// Who wants the newest entries of a long file reads no more of it than holds them.
struct LinesFromEnd: ~Copyable {
  private let file: FileDescriptor
  /// Bytes before what was read so far.
  private var unread: Int
  /// What was read and not given out yet.
  private var rest = Data()

  /// Bytes that are read at once.
  private static let block = 1 << 16

  /// Begins at the end of what the file holds now.
  ///
  /// - Parameter file: The file.
  /// - Throws: What the system says, also of a file without an end, such as a pipe.
  init(of file: consuming FileDescriptor) throws(Errno) {
    let status = try file.status()
    guard status.kind == .regular else {
      throw Errno(status.kind == .directory ? EISDIR : ESPIPE)
    }
    self.file = file
    unread = status.size
  }

  /// The line before the last one that was given out.
  ///
  /// - Returns: The line without its newline, which may be empty; nil at the start of the file.
  /// - Throws: What the system says.
  mutating func next() throws(Errno) -> Data? {
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
      var block = [UInt8](repeating: 0, count: count)
      let place = unread - count
      let read = try block.withUnsafeMutableBufferPointer { block throws(Errno) in
        try file.read(into: UnsafeMutableRawBufferPointer(block), at: place)
      }
      // Somebody cut the file short meanwhile.
      guard read == count else { throw Errno(EIO) }
      unread -= count
      rest = block + rest
    }
  }

  /// How many bytes of what was read come before its last newline.
  private var lastNewline: Int? {
    rest.withUnsafeBytes { $0.lastIndex(of: 0x0A) }
  }
}
