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

  /// The same, to be looked at.
  var form: FormWords { FormWords(key: key[...], boundaries: boundaries[...]) }
}

/// Words that follow each other, as a form has them.
struct FormWords {
  /// All of them run together.
  let key: ArraySlice<UInt8>
  /// Where each word but the first begins.
  let boundaries: ArraySlice<UInt8>

  /// The words, one after the other.
  var words: [ArraySlice<UInt8>] {
    var words: [ArraySlice<UInt8>] = []
    words.reserveCapacity(boundaries.count + 1)
    var start = key.startIndex
    for boundary in boundaries {
      // A file may say anything.
      let end = min(max(start, key.startIndex + Int(boundary)), key.endIndex)
      words.append(key[start..<end])
      start = end
    }
    words.append(key[start...])
    return words
  }
}
