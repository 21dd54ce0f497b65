/// Reads a region from front to back and never past its end.
struct ByteReader {
  /// The bytes being read.
  let region: FileRegion
  /// What they are, as in "the zip directory ends too early".
  let subject: String
  /// Offset of the next byte.
  private(set) var position = 0

  init(_ region: FileRegion, subject: String) {
    self.region = region
    self.subject = subject
  }

  /// Takes the next bytes, in place.
  mutating func bytes(_ count: Int) throws(CheckpointError) -> FileRegion {
    guard let part = region.part(offset: position, count: count) else {
      throw region.malformed("\(subject) ends too early")
    }
    position += count
    return part
  }

  /// Takes a little-endian integer.
  mutating func integer<T: FixedWidthInteger>(_ type: T.Type) throws(CheckpointError) -> T {
    let field = try bytes(MemoryLayout<T>.size)
    return T(littleEndian: field.bytes.loadUnaligned(as: T.self))
  }

  /// Takes a little-endian integer that counts or points, as an `Int`.
  mutating func size<T: FixedWidthInteger>(_ type: T.Type) throws(CheckpointError) -> Int {
    guard let value = Int(exactly: try integer(type)) else {
      throw region.malformed("\(subject) holds an impossible size")
    }
    return value
  }

  /// Takes UTF-8 text of a known length.
  mutating func text(_ count: Int) throws(CheckpointError) -> String {
    guard let text = String(validating: try bytes(count).bytes, as: UTF8.self) else {
      throw region.malformed("\(subject) holds text that is not UTF-8")
    }
    return text
  }

  /// Takes UTF-8 text up to a newline, which is dropped.
  mutating func line() throws(CheckpointError) -> String {
    let rest = region.bytes[position...]
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
      throw region.malformed("\(subject) ends inside a line")
    }
    let line = try text(end - position)
    position += 1
    return line
  }

  /// Skips bytes.
  mutating func skip(_ count: Int) throws(CheckpointError) { _ = try bytes(count) }
}
