/// The phrases of a vocabulary as a model's tokens, with what they have in common told once.
///
/// 12 bytes for each node and for each phrase; what phrases say is looked up in the vocabulary's
/// own tables. Nodes come by their depth, and those that follow one node follow each other, so that
/// the nodes that follow some nodes in order are in order too. Immutable, so that threads may share
/// it.
package struct TokenTrie: Sendable {
  /// A phrase as tokens.
  package struct Entry: Sendable {
    /// The phrase.
    package let phrase: TermPhrase
    /// Its tokens.
    package let tokens: [Int]
  }

  /// Tokens that some phrases begin with.
  struct Node {
    /// The first node that has one token more; the next node's first is behind the last.
    var children: Int32
    /// The last token.
    let label: Int32
    /// Tokens, and those of the longest phrase.
    let depth: UInt8
    var reach: UInt8
    /// Whether a phrase has no more.
    var isEnd: Bool
  }

  /// Terms that somebody listed.
  package let termCount: Int
  /// The greatest weight of a term.
  package let greatestWeight: Double
  /// Nodes, and one behind the last whose children would be behind the last too.
  let nodes: [Node]
  /// The node in which each phrase ends, in their order.
  private let ends: [Int32]
  /// Where the vocabulary has each phrase.
  private let places: [PhrasePlace]
  private let matcher: TermMatcher

  /// Makes tokens of all phrases.
  ///
  /// - Parameters:
  ///   - matcher: The vocabulary.
  ///   - encode: The tokens of a word that follows others; nil where the model cannot write it.
  package init(_ matcher: TermMatcher, encode: (String) -> [Int]?) {
    var writings = PhraseWritings(matcher, encode: encode)
    let builder = TokenTrieBuilder(&writings)
    self.matcher = matcher
    termCount = matcher.listedCount
    greatestWeight = matcher.greatestWeight
    (nodes, ends, places) = (builder.nodes, builder.ends, builder.places)
  }

  /// How many phrases there are.
  package var count: Int { places.count }

  /// A phrase and its tokens.
  package func entry(_ number: Int) -> Entry {
    var tokens: [Int] = []
    var node = Int(ends[number])
    while node > 0 {
      tokens.append(Int(nodes[node].label))
      // The last node whose children begin at it or before.
      node = place(in: 0..<node) { nodes[$0].children > node } - 1
    }
    return Entry(phrase: phrase(number), tokens: tokens.reversed())
  }

  /// A phrase.
  package func phrase(_ number: Int) -> TermPhrase { matcher.phrase(places[number]) }

  /// Tokens of a phrase.
  package func length(_ number: Int) -> Int { Int(nodes[Int(ends[number])].depth) }

  /// Whether a phrase has these tokens.
  package func contains(_ tokens: [Int]) -> Bool {
    var node = 0
    for token in tokens {
      let next = Int(nodes[node].children)..<Int(nodes[node + 1].children)
      guard let child = next.first(where: { nodes[$0].label == Int32(token) }) else { return false }
      node = child
    }
    return nodes[node].isEnd
  }

  /// The phrase that ends in a node.
  func phrase(endingIn node: Int) -> Int { place(in: ends.indices) { ends[$0] >= node } }

  /// Nodes, the root included.
  package var nodeCount: Int { nodes.count - 1 }

  /// The first place of a range from which on something is so; its end for none.
  private func place(in range: Range<Int>, where isSo: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if isSo(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
