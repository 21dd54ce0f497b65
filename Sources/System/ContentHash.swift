/// A number for bytes (FNV-1a; Fowler, Noll and Vo), the same in every process: to tell contents
/// apart, not for enemies.
///
/// Every word of a transcript goes through here: bytes that lie in a row, as most do, are taken in
/// without asking their collection for each.
package struct ContentHash: Hashable, Sendable, CustomStringConvertible {
  /// The number.
  package var number: UInt64

  /// Of nothing yet.
  ///
  /// - Parameter number: Where it begins; another number than usual gives others for all contents.
  @inlinable package init(from number: UInt64 = 0xCBF2_9CE4_8422_2325) { self.number = number }

  /// Of bytes.
  package init(of bytes: some Sequence<UInt8>) {
    self.init()
    combine(bytes)
  }

  /// Takes a byte in.
  @inlinable package mutating func combine(_ byte: UInt8) {
    number = (number ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// Takes bytes in.
  package mutating func combine(_ bytes: some Sequence<UInt8>) {
    let isTaken: Void? = bytes.withContiguousStorageIfAvailable { bytes in
      var number = number
      for byte in bytes { number = (number ^ UInt64(byte)) &* 0x100_0000_01B3 }
      self.number = number
    }
    if isTaken == nil { for byte in bytes { combine(byte) } }
  }

  /// Sixteen hexadecimal digits.
  package var description: String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
