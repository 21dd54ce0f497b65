/// The phrases of a vocabulary as a model's tokens, with what they have in common told once.
///
/// A few flat arrays of 16 bytes for each node; what phrases say is looked up in the vocabulary's
/// own tables. Immutable, so that threads may share it.
package struct TokenTrie: Sendable {
  /// A phrase as tokens.
  package struct Entry: Sendable {
    /// The phrase.
    package let phrase: TermPhrase
    /// Its tokens.
    package let tokens: [Int]
  }

  /// Terms that somebody listed.
  package let termCount: Int
  /// The greatest weight of a term.
  package let greatestWeight: Double
  /// The node in which each phrase ends, phrases in the order of their tokens.
  private let lastNodes: [Int32]
  /// Where the vocabulary has each phrase.
  private let places: [PhrasePlace]
  private let matcher: TermMatcher
  /// Of each node the first of its children, which follow each other; one more than there are
  /// nodes.
  let children: [Int32]
  /// Of each node the token that leads to it.
  let labels: [Int32]
  private let parents: [Int32]
  /// Of each node how deep it is, and how deep the deepest below it.
  let depths, reaches: [UInt8]
  /// Of each node the phrase that ends there; −1 for none.
  let ends: [Int32]

  /// Makes tokens of all phrases.
  ///
  /// - Parameters:
  ///   - matcher: The vocabulary.
  ///   - encode: The tokens of a word that follows others; nil where the model cannot write it.
  package init(_ matcher: TermMatcher, encode: (String) -> [Int]?) {
    var builder = TokenTrieBuilder(matcher, encode: encode)
    builder.build()
    self.matcher = matcher
    termCount = matcher.listedCount
    greatestWeight = matcher.greatestWeight
    (lastNodes, places) = (builder.lastNodes, builder.places)
    (children, labels, parents) = (builder.children, builder.labels, builder.parents)
    (depths, reaches, ends) = (builder.depths, builder.reaches, builder.ends)
  }

  /// How many phrases there are.
  package var count: Int { places.count }

  /// A phrase and its tokens.
  package func entry(_ number: Int) -> Entry {
    var tokens: [Int] = []
    var node = Int(lastNodes[number])
    while node > 0 {
      tokens.append(Int(labels[node]))
      node = Int(parents[node])
    }
    return Entry(phrase: matcher.phrase(places[number]), tokens: tokens.reversed())
  }

  /// Tokens of a phrase.
  package func length(_ number: Int) -> Int { Int(depths[Int(lastNodes[number])]) }

  /// Whether a phrase has these tokens.
  package func contains(_ tokens: [Int]) -> Bool {
    var node = 0
    for token in tokens {
      let next = Int(children[node])..<Int(children[node + 1])
      guard let child = next.first(where: { labels[$0] == Int32(token) }) else { return false }
      node = child
    }
    return ends[node] >= 0
  }

  /// Nodes, the root included.
  package var nodeCount: Int { labels.count }
}
