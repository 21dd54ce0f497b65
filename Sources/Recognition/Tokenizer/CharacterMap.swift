/// The normalisation rules of a model: byte sequences and what replaces them.
///
/// The file holds a Darts-clone double-array trie, whose leaf values are offsets into a block of
/// NUL-terminated replacements.
struct CharacterMap {
  private let blob: [UInt8]
  /// Number of trie units; they begin after the four bytes of their length.
  private let unitCount: Int
  private let replacementStart: Int

  /// Reads `precompiled_charsmap`; empty bytes are a map without rules.
  init(_ blob: [UInt8]) throws(TokenizerError) {
    self.blob = blob
    guard !blob.isEmpty else {
      unitCount = 0
      replacementStart = 0
      return
    }
    guard blob.count > 4 else { throw .malformed("the normalisation rules are cut short") }
    let size = Int(Self.word(blob, at: 0))
    guard size >= 1024, size % 1024 == 0, size < blob.count - 4 else {
      throw .malformed("the normalisation trie cannot be \(size) bytes long")
    }
    guard blob.last == 0 else {
      throw .malformed("the last normalisation rule has no end")
    }
    unitCount = size / 4
    replacementStart = 4 + size
  }

  /// The longest rule that `input` begins with, and its replacement.
  func longestRule(for input: ArraySlice<UInt8>) -> (length: Int, replacement: ArraySlice<UInt8>)? {
    guard unitCount > 0 else { return nil }
    var node = Self.offset(unit(0))
    var match: (end: Int, value: Int)?
    var index = input.startIndex
    while index < input.endIndex {
      node ^= Int(input[index])
      guard node < unitCount else { break }
      let unit = unit(node)
      guard Self.label(unit) == UInt32(input[index]) else { break }
      index += 1
      node ^= Self.offset(unit)
      guard node < unitCount else { break }
      if Self.hasLeaf(unit) { match = (index, Int(self.unit(node) & 0x7FFF_FFFF)) }
    }
    guard let match, match.value < blob.count - replacementStart else { return nil }
    let start = replacementStart + match.value
    var end = start
    while blob[end] != 0 { end += 1 }
    return (match.end - input.startIndex, blob[start..<end])
  }

  private func unit(_ index: Int) -> UInt32 { Self.word(blob, at: 4 + 4 * index) }

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
