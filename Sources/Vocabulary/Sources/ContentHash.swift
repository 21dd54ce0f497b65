/// A number for content (FNV-1a), to tell its versions apart, not for enemies.
package struct ContentHash: Hashable, CustomStringConvertible {
  /// The number.
  private(set) var number: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Of nothing yet.
  package init() {}

  /// Takes bytes in.
  package mutating func combine(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { number = (number ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }

  /// Sixteen hexadecimal digits.
  package var description: String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
