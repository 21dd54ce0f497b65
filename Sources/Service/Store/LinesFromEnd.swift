internal import Foundation
internal import System

/// The lines of a file that can be entries, the last one first.
///
/// Who wants the newest entries of a long file reads no more of it than holds them. What a file
/// holds besides, however much, is passed over quickly and takes no memory.
struct LinesFromEnd: ~Copyable {
  private let file: FileDescriptor
  /// Bytes before what was read so far.
  private var unread: Int
  /// What was read last and not given out yet.
  private var block: ArraySlice<UInt8> = []
  /// What follows the block in the line that begins in it or before it.
  private var tail: ArraySlice<UInt8> = []
  /// Whether that line is too long to be kept.
  private var isTooLong = false
  private var hasEnded = false

  /// Bytes that are read at once.
  private static let blockSize = 1 << 16
  /// Bytes of a line that can be an entry: an empty one has some eighty, and none can be sent to a
  /// client that has more than a message of the protocol.
  private static let lengths = 64...Wire.lineLimit

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
  /// - Returns: The line without its newline; nil at the start of the file.
  /// - Throws: What the system says.
  mutating func next() throws(Errno) -> Data? {
    while !hasEnded {
      let newline = block.lastIndex(of: 0x0A)
      let line = block[(newline.map { $0 + 1 } ?? block.startIndex)...]
      block = block[..<(newline ?? block.startIndex)]
      keep(line)
      if newline == nil, unread > 0 {
        try readBlock()
        continue
      }
      hasEnded = newline == nil
      defer { (tail, isTooLong) = ([], false) }
      if Self.lengths.contains(tail.count), tail.first == UInt8(ascii: "{") { return Data(tail) }
    }
    return nil
  }

  /// Puts bytes before those of the line that are known.
  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    if bytes.isEmpty { return }
    isTooLong = isTooLong || bytes.count + tail.count > Self.lengths.upperBound
    tail = isTooLong ? [] : bytes + tail
  }

  private mutating func readBlock() throws(Errno) {
    let count = min(unread, Self.blockSize)
    var bytes = [UInt8](repeating: 0, count: count)
    let place = unread - count
    let read = try bytes.withUnsafeMutableBufferPointer { bytes throws(Errno) in
      try file.read(into: UnsafeMutableRawBufferPointer(bytes), at: place)
    }
    // Somebody cut the file short meanwhile.
    guard read == count else { throw Errno(EIO) }
    unread -= count
    block = bytes[...]
  }
}
