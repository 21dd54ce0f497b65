/// The place of a byte in a TOML file, as an editor shows it.
package struct TOMLPlace: Equatable, Sendable, CustomStringConvertible {
  /// Counts from 1.
  package let line: Int
  /// Counts Unicode scalars from 1.
  package let column: Int

  /// `line 3, column 7`.
  package var description: String { "line \(line), column \(column)" }
}

extension TOMLPlace {
  /// The place of a byte.
  package init(of offset: Int, in bytes: [UInt8]) {
    let before = bytes[..<min(offset, bytes.count)]
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // Every scalar has one byte that does not continue another.
    let scalars = before[start...].count { $0 & 0xC0 != 0x80 }
    let hasMark = start == 0 && before.starts(with: TOMLScanner.byteOrderMark)
    line = before.count { $0 == UInt8(ascii: "\n") } + 1
    column = scalars - (hasMark ? 1 : 0) + 1
  }
}
