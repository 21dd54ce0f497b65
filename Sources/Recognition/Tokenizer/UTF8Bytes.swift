/// UTF-8 the way SentencePiece reads it.
enum UTF8Bytes {
  /// U+FFFD, which stands for every byte that is not part of a character.
  static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// Length that the first byte of a character announces, valid or not.
  static func announcedLength(_ first: UInt8) -> Int {
    switch first >> 4 {
    case 0xF: 4
    case 0xE: 3
    case 0xC, 0xD: 2
    default: 1
    }
  }

  /// Length of the valid character that `bytes` begins with, nil if there is none.
  static func characterLength(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty else { return nil }
    let first = bytes[bytes.startIndex]
    if first < 0x80 { return 1 }
    let length = announcedLength(first)
    guard length > 1, bytes.count >= length, first < 0xF8 else { return nil }
    var scalar = UInt32(first) & (0x7F >> UInt32(length))
    for byte in bytes.dropFirst().prefix(length - 1) {
      guard byte & 0xC0 == 0x80 else { return nil }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    let smallest: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
    guard scalar >= smallest[length], Unicode.Scalar(scalar) != nil else { return nil }
    return length
  }
}
