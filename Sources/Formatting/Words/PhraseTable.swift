/// Phrases that mean something, found by their words.
struct PhraseTable<Value: Sendable>: Sendable {
  /// What begins with some words.
  private struct Node: Sendable {
    var value: Value?
    var next: [String: Int] = [:]
  }

  private var nodes = [Node()]

  /// A table.
  ///
  /// - Parameter phrases: Words in lower case, at least one, and their meaning; of two meanings
  ///   the later one counts.
  init(_ phrases: some Sequence<(words: [String], value: Value)>) {
    for phrase in phrases { add(phrase.words, phrase.value) }
  }

  private mutating func add(_ words: [String], _ value: Value) {
    var node = 0
    for word in words {
      if let next = nodes[node].next[word] {
        node = next
      } else {
        nodes[node].next[word] = nodes.count
        node = nodes.count
        nodes.append(Node())
      }
    }
    nodes[node].value = value
  }

  /// The longest phrase that begins at a place and is said without a pause or a mark within.
  ///
  /// - Parameters:
  ///   - reader: Words.
  ///   - start: The place of the first word.
  /// - Returns: Its meaning and its words; nil where none begins there.
  /// - Throws: `Undecided` where a longer one may be on its way.
  func longest(
    _ reader: WordReader, at start: Int = 0
  ) throws(Undecided) -> (value: Value, count: Int)? {
    guard let first = try reader.word(start), var node = nodes[0].next[first.key] else {
      return nil
    }
    var count = 1
    var best = nodes[node].value.map { ($0, 1) }
    while !nodes[node].next.isEmpty, let word = try reader.following(start + count),
      let next = nodes[node].next[word.key]
    {
      node = next
      count += 1
      if let value = nodes[node].value { best = (value, count) }
    }
    return best
  }
}
