/// The normalisation rules of a model: byte sequences and what replaces them.
///
/// The file holds a Darts-clone double-array trie, whose leaf values are offsets into a block of
/// NUL-terminated replacements.
struct CharacterMap {
  private var units: [UInt32] = []
  private var replacements: [UInt8] = []

  /// Reads `precompiled_charsmap`; empty bytes are a map without rules.
  init(_ blob: [UInt8]) throws(TokenizerError) {
    guard !blob.isEmpty else { return }
    guard blob.count > 4 else { throw .malformed("the normalisation rules are cut short") }
    let size = Int(Self.word(blob, at: 0))
    guard size >= 1024, size % 1024 == 0, size < blob.count - 4 else {
      throw .malformed("the normalisation trie cannot be \(size) bytes long")
    }
    guard blob.last == 0 else {
      throw .malformed("the last normalisation rule has no end")
    }
    units = stride(from: 4, to: 4 + size, by: 4).map { Self.word(blob, at: $0) }
    replacements = Array(blob[(4 + size)...])
  }

  /// The longest rule that `input` begins with, and its replacement.
  func longestRule(for input: ArraySlice<UInt8>) -> (length: Int, replacement: ArraySlice<UInt8>)? {
    guard let root = units.first else { return nil }
    var node = Self.offset(root)
    var match: (length: Int, value: Int)?
    for (index, byte) in input.enumerated() {
      node ^= Int(byte)
      guard node < units.count, Self.label(units[node]) == UInt32(byte) else { break }
      let unit = units[node]
      node ^= Self.offset(unit)
      guard node < units.count else { break }
      if Self.hasLeaf(unit) { match = (index + 1, Int(units[node] & 0x7FFF_FFFF)) }
    }
    guard let match, match.value < replacements.count else { return nil }
    return (match.length, replacements[match.value...].prefix { $0 != 0 })
  }

  private static func word(_ bytes: [UInt8], at index: Int) -> UInt32 {
    UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16
      | UInt32(bytes[index + 3]) << 24
  }

  // A unit: label in bits 0–7, leaf flag in bit 8, offset in bits 10–30, scaled by 256 if bit 9.
  // Bit 31 marks a value, which no label equals.
  private static func label(_ unit: UInt32) -> UInt32 { unit & 0x8000_00FF }
  private static func hasLeaf(_ unit: UInt32) -> Bool { unit & 0x100 != 0 }
  private static func offset(_ unit: UInt32) -> Int {
    Int((unit >> 10) << (unit & 0x200 == 0 ? 0 : 8))
  }
}
