/// One 512-byte header of a tar archive.
struct TarHeader {
  /// What the header introduces.
  enum Kind {
    case file
    case directory
    /// GNU: the content is the next member's name.
    case longName
    /// Pax: the content describes the next member.
    case attributes
    /// Content that concerns nothing here.
    case ignored
    /// A link, a device and the like.
    case refused(String)
  }

  /// Whether the content is a name, or attributes, of the member that follows.
  var describesNext: Bool {
    switch kind {
    case .longName, .attributes: true
    case .file, .directory, .ignored, .refused: false
    }
  }

  /// Bytes of a header; contents are padded to multiples of it.
  static let size = 512

  /// The member's name; at most 256 bytes, longer ones come in a header of their own.
  let name: String
  /// Bytes of content.
  let size: Int
  /// What the header introduces.
  let kind: Kind

  /// Whether bytes begin with a header.
  static func recognises(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= size && isSound(UnsafeRawBufferPointer(rebasing: bytes[..<size]))
  }

  /// Whether a header's sum is that of its bytes.
  private static func isSound(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let checksumField = 148..<156
    let sum = bytes.indices.reduce(0) { sum, index in
      sum + (checksumField.contains(index) ? 32 : Int(bytes[index]))
    }
    return number(bytes[checksumField]) == sum
  }

  /// Reads a header of `TarHeader.size` bytes; nil for the zeros that end an archive.
  init?(_ block: FileRegion) throws(CheckpointError) {
    let bytes = block.bytes
    if bytes.allSatisfy({ $0 == 0 }) { return nil }

    guard Self.isSound(bytes) else {
      throw block.malformed("a header's checksum is wrong")
    }
    guard let base = Self.text(bytes[0..<100]), let prefix = Self.text(bytes[345..<500]) else {
      throw block.malformed("a member's name is not UTF-8")
    }
    // GNU archives keep times where POSIX ones keep the front part of a long name.
    let isPOSIX = bytes[257..<263].elementsEqual("ustar\0".utf8)
    name = isPOSIX && !prefix.isEmpty ? "\(prefix)/\(base)" : base
    guard let size = Self.number(bytes[124..<136]) else {
      throw block.malformed("the size of \(name) is damaged")
    }
    self.size = size
    kind =
      switch bytes[156] {
      case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): .file
      case UInt8(ascii: "5"): .directory
      case UInt8(ascii: "L"): .longName
      case UInt8(ascii: "x"): .attributes
      case UInt8(ascii: "K"), UInt8(ascii: "g"): .ignored
      case UInt8(ascii: "1"), UInt8(ascii: "2"): .refused("a link")
      case UInt8(ascii: "3"), UInt8(ascii: "4"), UInt8(ascii: "6"): .refused("a device")
      case let type: .refused("a tar entry of type \(type)")
      }
  }

  /// Text up to the first NUL.
  private static func text(_ field: Slice<UnsafeRawBufferPointer>) -> String? {
    String(validating: field.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// An octal number, or GNU's big-endian binary one, marked by the top bit.
  private static func number(_ field: Slice<UnsafeRawBufferPointer>) -> Int? {
    guard let first = field.first else { return nil }
    if first & 0x80 != 0 {
      guard first == 0x80, field.dropFirst().dropLast(8).allSatisfy({ $0 == 0 }) else { return nil }
      return Int(exactly: field.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
    guard let text = String(validating: digits, as: UTF8.self), let number = Int(text, radix: 8)
    else { return nil }
    return number >= 0 ? number : nil
  }
}
