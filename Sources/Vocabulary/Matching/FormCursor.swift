/// Words that follow each other, run together to the key of a form.
struct FormCursor {
  private(set) var key: [UInt8] = []
  /// A number for the key (FNV-1a; Fowler, Noll and Vo), the same in every process.
  private(set) var hash = FormCursor.seed
  /// Where each word but the first begins; keys are no longer than that allows.
  private(set) var boundaries: [UInt8] = []

  /// Bytes in the key.
  var count: Int { key.count }

  /// Where hashes begin.
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Takes a byte into a hash.
  static func combine(_ hash: inout UInt64, _ byte: UInt8) {
    hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// The number for the key and another word behind it.
  func hash(with word: [UInt8]) -> UInt64 {
    word.reduce(into: hash) { Self.combine(&$0, $1) }
  }

  /// Takes in the next word; an empty one is none.
  mutating func append(_ word: some Collection<UInt8>) {
    if word.isEmpty { return }
    if !key.isEmpty { boundaries.append(UInt8(clamping: key.count)) }
    key += word
    for byte in word { Self.combine(&hash, byte) }
  }

  /// The words, one after the other.
  var words: [ArraySlice<UInt8>] {
    let edges = [0] + boundaries.map { Int($0) } + [key.count]
    return zip(edges, edges.dropFirst()).map { key[min($0, $1)..<$1] }
  }
}
