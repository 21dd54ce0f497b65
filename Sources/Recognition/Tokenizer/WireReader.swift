/// Reads the fields of one protobuf message, checking every bound.
///
/// Only the wire format is known here: numbers and lengths, no schema.
struct WireReader {
  /// What follows a field's key.
  enum Value {
    case varint(UInt64)
    case fixed32(UInt32)
    case fixed64
    case bytes(Range<Int>)
  }

  private let input: [UInt8]
  private var position: Int
  private let end: Int

  /// Reads the message that lies at `range` of `input`.
  init(_ input: [UInt8], _ range: Range<Int>) {
    self.input = input
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next field's number and value, nil at the end of the message.
  mutating func next() throws(TokenizerError) -> (field: UInt64, value: Value)? {
    guard position < end else { return nil }
    let key = try varint()
    guard key >> 3 != 0 else { throw .malformed("field number 0 at byte \(position)") }
    switch key & 7 {
    case 0: return (key >> 3, .varint(try varint()))
    case 1:
      _ = try take(8)
      return (key >> 3, .fixed64)
    case 2:
      let length = try varint()
      guard length <= UInt64(end - position) else {
        throw .malformed("a field at byte \(position) reaches past the end")
      }
      return (key >> 3, .bytes(try take(Int(length))))
    case 5:
      let word = try take(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32(input[$1]) }
      return (key >> 3, .fixed32(word))
    default: throw .malformed("wire type \(key & 7) at byte \(position)")
    }
  }

  private mutating func varint() throws(TokenizerError) -> UInt64 {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let byte = input[try take(1).lowerBound]
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
    }
    throw .malformed("a number of more than ten bytes at byte \(position)")
  }

  private mutating func take(_ count: Int) throws(TokenizerError) -> Range<Int> {
    guard count <= end - position else {
      throw .malformed("it ends in the middle of a field, at byte \(end)")
    }
    defer { position += count }
    return position..<position + count
  }
}
