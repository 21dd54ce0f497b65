internal import Glibc

/// Bytes as they arrive → lines.
///
/// It holds at most one line and what was appended last: a line over the limit is reported as soon
/// as it is one, and skipped to its end.
struct LineSplitter {
  /// A line, without its newline.
  enum Line: Equatable {
    case bytes(ArraySlice<UInt8>)
    case tooLong
  }

  /// Bytes that a line may have.
  let limit: Int
  /// What is not given out yet, from `start` on.
  private var buffer: [UInt8] = []
  private var start = 0
  /// How far there is no newline.
  private var searched = 0
  private var isSkipping = false
  private var isFinished = false
  /// Bytes that `start` has passed and that are no longer in the buffer.
  private var forgotten = 0

  /// Splits into lines of at most so many bytes.
  init(limit: Int) { self.limit = limit }

  /// Bytes appended so far.
  var appended: Int { forgotten + buffer.count }
  /// Bytes of them that were given out, or skipped.
  var consumed: Int { forgotten + start }

  /// Takes bytes that arrived.
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    buffer.removeSubrange(..<start)
    forgotten += start
    searched -= start
    start = 0
    buffer.append(contentsOf: bytes)
  }

  /// Takes note that nothing follows: what is there counts as a line, even without a newline.
  mutating func finish() { isFinished = true }

  /// Whether `next` has something to do.
  var hasLine: Bool {
    let rest = buffer.count - start
    return rest > 0 && (isFinished || rest > limit || newline() != nil)
  }

  /// The next line; nil where more bytes are needed.
  mutating func next() -> Line? {
    while true {
      if let end = newline() {
        let line = buffer[start..<end]
        start = end + 1
        searched = start
        if isSkipping {
          isSkipping = false
          continue
        }
        return line.count > limit ? .tooLong : .bytes(line)
      }
      searched = buffer.count
      if isSkipping || (isFinished && start == buffer.count) {
        start = buffer.count
        return nil
      }
      guard buffer.count - start > limit || isFinished else { return nil }
      let line = buffer[start...]
      start = buffer.count
      isSkipping = !isFinished
      return line.count > limit ? .tooLong : .bytes(line)
    }
  }

  /// Where the next newline is.
  private func newline() -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard searched < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + searched, 0x0A, bytes.count - searched)
      else { return nil }
      return found - UnsafeMutableRawPointer(mutating: base)
    }
  }
}
