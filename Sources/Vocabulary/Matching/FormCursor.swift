internal import System

/// Words that follow each other, run together to the key of a form.
struct FormCursor {
  private(set) var key: [UInt8] = []
  private var content = ContentHash()
  /// Where each word but the first begins; keys are no longer than that allows.
  private(set) var boundaries: [UInt8] = []

  /// Bytes in the key.
  var count: Int { key.count }

  /// A number for the key, the same in every process.
  var hash: UInt64 { content.number }

  /// The number for the key and another word behind it.
  func hash(with word: [UInt8]) -> UInt64 {
    var longer = content
    longer.combine(word)
    return longer.number
  }

  /// Takes in the next word; an empty one is none.
  mutating func append(_ word: some Collection<UInt8>) {
    if word.isEmpty { return }
    if !key.isEmpty { boundaries.append(UInt8(clamping: key.count)) }
    key += word
    content.combine(word)
  }

  /// The words, one after the other.
  var words: [ArraySlice<UInt8>] {
    let edges = [0] + boundaries.map { Int($0) } + [key.count]
    return zip(edges, edges.dropFirst()).map { key[min($0, $1)..<$1] }
  }
}
