internal import Glibc
package import System

/// A file mapped read-only into memory for as long as this object lives.
///
/// Who replaces the file by renaming does no harm: the mapping keeps the old one. Where somebody
/// cuts the file short instead, zeros are read, and `check` tells.
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
  /// Lets the file be cut short meanwhile.
  private var watch: MappingWatch?

  /// Maps a regular, non-empty file.
  ///
  /// - Parameter path: The file.
  /// - Throws: `CheckpointError.unreadable` with the system's reason.
  package convenience init(path: String) throws(CheckpointError) {
    let descriptor: FileDescriptor
    do throws(Errno) {
      // A FIFO would block `open` without O_NONBLOCK; regular files ignore it.
      descriptor = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
    } catch {
      throw .unreadable(path: path, reason: error.description)
    }
    try self.init(descriptor, path: path)
  }

  /// Maps an open file, which may be closed then.
  ///
  /// - Parameters:
  ///   - descriptor: The file.
  ///   - path: What to call it in an error.
  /// - Throws: `CheckpointError.unreadable` with the system's reason.
  package init(_ descriptor: borrowing FileDescriptor, path: String) throws(CheckpointError) {
    let status: FileStatus
    do throws(Errno) {
      status = try descriptor.status()
    } catch {
      throw .unreadable(path: path, reason: error.description)
    }
    guard status.kind == .regular else {
      let isFolder = status.kind == .directory
      throw .unreadable(path: path, reason: isFolder ? "is a directory" : "is not a regular file")
    }
    let size = status.size
    guard size > 0 else { throw .truncated(path: path, reason: "the file is empty") }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor.number, 0),
      address != MAP_FAILED
    else {
      throw .unreadable(path: path, reason: Errno.last.description)
    }
    self.path = path
    bytes = UnsafeRawBufferPointer(start: address, count: size)
    watch = MappingWatch(bytes)
  }

  deinit {
    watch = nil
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
  }

  /// Tells whether all that was read was there.
  ///
  /// - Throws: `CheckpointError.changed` where somebody cut the file short, and zeros were read.
  package func check() throws(CheckpointError) {
    if watch?.isDamaged ?? false { throw .changed(path: path) }
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
