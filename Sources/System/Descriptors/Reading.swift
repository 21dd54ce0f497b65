internal import Glibc

extension FileDescriptor {
  /// Reads what comes next, as much as there is now and has room.
  ///
  /// - Returns: How many bytes; 0 at the end.
  /// - Throws: Why it cannot be read; `EAGAIN` where it does not block and nothing is there.
  package func read(into bytes: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    try retrying { Glibc.read(number, bytes.baseAddress, bytes.count) }
  }

  /// Reads from a place in a file until there is no more room, or no more file.
  ///
  /// - Parameters:
  ///   - bytes: Room.
  ///   - place: Bytes before the first.
  /// - Returns: How many bytes were read.
  /// - Throws: Why it cannot be read.
  package func read(
    into bytes: UnsafeMutableRawBufferPointer, at place: Int
  ) throws(Errno) -> Int {
    var filled = 0
    while filled < bytes.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
      let count = try retrying {
        pread(number, rest.baseAddress, rest.count, off_t(place + filled))
      }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// Where in a file the next byte is read; nil for what has no places, such as a pipe.
  package var position: Int? {
    let place = lseek(number, 0, SEEK_CUR)
    return place < 0 ? nil : Int(place)
  }

  /// Reads a file from its start to its end, wherever its position is.
  ///
  /// - Parameter limit: Bytes beyond which the file is too large.
  /// - Returns: Its bytes.
  /// - Throws: Why it cannot be read; `EFBIG` where it is too large.
  package func readAll(limit: Int = .max) throws(Errno) -> [UInt8] {
    let size = try status().size
    guard size <= limit else { throw Errno(EFBIG) }
    var bytes = [UInt8](repeating: 0, count: size)
    let count = try bytes.withUnsafeMutableBufferPointer { bytes throws(Errno) in
      try read(into: UnsafeMutableRawBufferPointer(bytes), at: 0)
    }
    bytes.removeLast(size - count)
    return bytes
  }

  /// Waits for all that is to come, from a file or a pipe.
  ///
  /// - Parameter limit: Bytes beyond which it is too much.
  /// - Returns: The bytes.
  /// - Throws: Why it cannot be read; `EFBIG` where it is too much.
  package func readToEnd(limit: Int = .max) throws(Errno) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try piece.withUnsafeMutableBufferPointer { piece throws(Errno) in
        try read(into: UnsafeMutableRawBufferPointer(piece))
      }
      if count == 0 { return bytes }
      guard count <= limit - bytes.count else { throw Errno(EFBIG) }
      bytes += piece[..<count]
    }
  }
}
