import Glibc

/// A file mapped read-only into memory for as long as this object lives.
package final class MappedFile: @unchecked Sendable {
  /// Advice on how a range of the mapping is going to be used.
  package enum Advice: Sendable {
    /// Read it ahead.
    case willNeed
    /// Give its pages back; they are read again on the next use.
    case dontNeed
  }

  /// Where the file was found, for error messages.
  package let path: String
  /// The whole file; valid as long as this object is.
  package let bytes: UnsafeRawBufferPointer

  /// Maps a regular, non-empty file.
  ///
  /// - Parameter path: The file.
  /// - Throws: `CheckpointError.unreadable` with the system's reason.
  package convenience init(path: String) throws(CheckpointError) {
    // A FIFO would block `open` without O_NONBLOCK; regular files ignore it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .unreadable(path: path, reason: systemErrorText())
    }
    defer { close(descriptor) }
    try self.init(descriptor: descriptor, path: path)
  }

  /// Maps an open file; the descriptor stays the caller's.
  package init(descriptor: Int32, path: String) throws(CheckpointError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(path: path, reason: systemErrorText())
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw .unreadable(path: path, reason: isFolder ? "is a directory" : "is not a regular file")
    }
    guard let size = Int(exactly: status.st_size), size > 0 else {
      throw .malformed(path: path, reason: "the file is empty")
    }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else {
      throw .unreadable(path: path, reason: systemErrorText())
    }
    self.path = path
    bytes = UnsafeRawBufferPointer(start: address, count: size)
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
  }

  /// Tells the kernel what happens next to a range of the mapping.
  ///
  /// `.dontNeed` only gives back pages that lie wholly inside the range.
  ///
  /// - Parameters:
  ///   - advice: What happens next.
  ///   - range: Offsets into the file; nil for all of it.
  package func advise(_ advice: Advice, _ range: Range<Int>? = nil) {
    let range = (range ?? 0..<bytes.count).clamped(to: 0..<bytes.count)
    let page = Int(getpagesize())
    let start: Int
    let end: Int
    switch advice {
    case .willNeed: (start, end) = (range.lowerBound / page * page, range.upperBound)
    case .dontNeed:
      start = (range.lowerBound + page - 1) / page * page
      end = range.upperBound == bytes.count ? bytes.count : range.upperBound / page * page
    }
    guard let base = bytes.baseAddress, start < end else { return }
    madvise(
      UnsafeMutableRawPointer(mutating: base + start), end - start,
      advice == .willNeed ? MADV_WILLNEED : MADV_DONTNEED)
  }
}

/// The system's words for the error that the last call left in `errno`.
func systemErrorText() -> String { systemErrorText(errno) }

/// The system's words for an error number.
package func systemErrorText(_ code: Int32) -> String {
  guard let text = strerror(code) else { return "error \(code)" }
  return String(cString: text)
}
