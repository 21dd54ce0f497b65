internal import System

extension String {
  /// Its lines as one.
  var oneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}

/// A path as a list has it, in which a line is a name: its bytes, with `\\` and a letter or three
/// digits for control characters, and twice `\\` for that itself.
struct ListedName {
  let bytes: [UInt8]

  init(_ path: String) {
    bytes = FilePath(path).bytes.flatMap { byte in
      switch byte {
      case UInt8(ascii: "\n"): Array("\\n".utf8)
      case UInt8(ascii: "\t"): Array("\\t".utf8)
      case UInt8(ascii: "\r"): Array("\\r".utf8)
      case UInt8(ascii: "\\"): Array("\\\\".utf8)
      case 0..<0x20, 0x7F: [UInt8(ascii: "\\")] + Self.octal(byte)
      default: [byte]
      }
    }
  }

  private static func octal(_ byte: UInt8) -> [UInt8] {
    [byte >> 6, byte >> 3 & 7, byte & 7].map { UInt8(ascii: "0") + $0 }
  }
}
