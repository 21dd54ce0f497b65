/// A number that other bytes do not have, unless somebody chose them for that: eight bytes at a
/// time, so that millions of them take a millisecond.
package struct FileChecksum: Equatable, Sendable {
  /// The number of what was taken in.
  package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Of nothing.
  package init() {}

  /// Takes bytes in, and how many they are.
  package mutating func combine(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    while offset + 8 <= bytes.count {
      combine(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    while offset < bytes.count {
      combine(UInt64(bytes[offset]))
      offset += 1
    }
    combine(UInt64(bytes.count))
  }

  private mutating func combine(_ number: UInt64) {
    value = (value ^ number) &* 0x9E37_79B9_7F4A_7C15
    value ^= value >> 29
  }
}
