internal import CLinux
internal import Glibc

extension FileDescriptor {
  /// Writes all bytes, however often the system has to be asked.
  ///
  /// - Throws: Why it cannot be written; a part may have been.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(Errno) {
    try writeAll(bytes, to: number)
  }

  /// Writes all bytes.
  ///
  /// - Throws: Why it cannot be written; a part may have been.
  package func write(_ bytes: [UInt8]) throws(Errno) {
    try bytes.withUnsafeBufferPointer { bytes throws(Errno) in
      try write(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Writes texts, one behind the other.
  ///
  /// - Throws: Why they cannot be written; a part may have been.
  package func write(texts: some Sequence<String>) throws(Errno) {
    try forEachBlock(of: texts) { (block) throws(Errno) in try write(block) }
  }

  /// Writes all bytes to a place in a file; its position stays.
  ///
  /// - Parameters:
  ///   - bytes: What to write.
  ///   - place: Bytes before the first.
  /// - Throws: Why it cannot be written; a part may have been.
  package func write(_ bytes: UnsafeRawBufferPointer, at place: Int) throws(Errno) {
    var written = 0
    while written < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
      written += try retrying {
        pwrite(number, rest.baseAddress, rest.count, off_t(place + written))
      }
    }
  }
}

/// The three streams that every program begins with, and never closes.
package enum StandardStream: Int32 {
  case input, output, errors

  /// Whether it was open when the program began, or at least when `reserveAll` was called.
  package var isOpen: Bool {
    let flags = fcntl(rawValue, F_GETFL)
    guard flags >= 0 else { return false }
    return flags & O_ACCMODE != (self == .input ? O_WRONLY : O_RDONLY)
  }

  /// Takes the places of streams that are closed.
  ///
  /// Else another file gets one of them, and is written to as if it were that stream. Called before
  /// anything is opened.
  package static func reserveAll() {
    for stream in [StandardStream.input, .output, .errors] where fcntl(stream.rawValue, F_GETFL) < 0
    {
      // The lowest number that is free; the wrong direction makes every use fail, as if closed.
      _ = open("/dev/null", stream == .input ? O_WRONLY : O_RDONLY)
    }
  }

  /// Sends on what `print` holds back, which tells nobody itself.
  ///
  /// - Throws: Why that, or anything that was printed before, could not be written.
  package static func flushPrinted() throws(Errno) {
    let code = clinux_flush_output()
    if code != 0 { throw Errno(code) }
  }

  /// Writes all bytes.
  ///
  /// - Throws: Why they cannot be written, such as `EPIPE` for a reader that has gone.
  package func write(_ bytes: some Sequence<UInt8>) throws(Errno) {
    try Array(bytes).withUnsafeBufferPointer { bytes throws(Errno) in
      try writeAll(UnsafeRawBufferPointer(bytes), to: rawValue)
    }
  }

  /// Writes texts, one behind the other.
  ///
  /// - Throws: Why they cannot be written.
  package func write(texts: some Sequence<String>) throws(Errno) {
    try forEachBlock(of: texts) { (block) throws(Errno) in try write(block) }
  }
}

/// Puts texts together to blocks that are worth a call of the system's.
private func forEachBlock(
  of texts: some Sequence<String>, _ body: ([UInt8]) throws(Errno) -> Void
) throws(Errno) {
  let worth = 1 << 16
  var block: [UInt8] = []
  for text in texts {
    block += text.utf8
    guard block.count >= worth else { continue }
    try body(block)
    block.removeAll(keepingCapacity: true)
  }
  if !block.isEmpty { try body(block) }
}

/// Writes until all bytes are written; where the descriptor does not block, it waits for room.
private func writeAll(_ bytes: UnsafeRawBufferPointer, to number: Int32) throws(Errno) {
  var rest = bytes
  while !rest.isEmpty {
    do throws(Errno) {
      let count = try retrying { Glibc.write(number, rest.baseAddress, rest.count) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    } catch {
      // Another program that has the same pipe or terminal may have made it so.
      guard error.code == EAGAIN else { throw error }
      var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
      try retrying { poll(&entry, 1, -1) }
    }
  }
}
