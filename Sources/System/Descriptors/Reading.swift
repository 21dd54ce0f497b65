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

  /// Reads what comes next until the end, and writes it to a place in another file.
  ///
  /// - Parameter target: Gets the bytes from its start on; its position stays.
  /// - Returns: How many bytes.
  /// - Throws: Which of the two failed, and why.
  package func copy(to target: borrowing FileDescriptor) throws(CopyFailure) -> Int {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    var copied = 0
    while true {
      let count: Int
      do throws(Errno) { count = try read(into: block) } catch { throw .reading(error) }
      if count == 0 { return copied }
      let bytes = UnsafeRawBufferPointer(rebasing: block[..<count])
      do throws(Errno) { try target.write(bytes, at: copied) } catch { throw .writing(error) }
      copied += count
    }
  }

  /// Why one file was not copied to another.
  package enum CopyFailure: Error, Equatable {
    /// What was to be copied cannot be read.
    case reading(Errno)
    /// What it was to be copied to cannot be written.
    case writing(Errno)
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
}
