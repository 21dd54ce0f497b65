internal import CLinux
internal import Foundation

/// Bytes that a program reads or writes as a file, and that no disk ever sees.
///
/// Unlike a pipe it never fills and never breaks, so that nobody has to keep up with anybody.
final class MemoryFile {
  let descriptor: Int32

  /// A file with these bytes, to be read from its start.
  init(_ bytes: [UInt8] = []) throws(DesktopError) {
    descriptor = clinux_memory_file()
    var written = 0
    while descriptor >= 0, written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress, $0.count, off_t(written))
      }
      guard count > 0 else { break }
      written += count
    }
    guard descriptor >= 0, written == bytes.count else {
      let reason = String(cString: strerror(errno))
      throw .toolFailed(name: "memory file", reason: reason)
    }
  }

  deinit { close(descriptor) }

  /// Bytes in it by now.
  var count: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// All that is in it by now.
  var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < bytes.count {
      let count = bytes[filled...].withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, off_t(filled))
      }
      guard count > 0 else { break }
      filled += count
    }
    return Array(bytes[..<filled])
  }
}
