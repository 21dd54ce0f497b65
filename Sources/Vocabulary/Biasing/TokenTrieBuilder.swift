/// Makes a trie of phrases as tokens: a node is a range of phrases that begin alike, and nodes come
/// by their depth.
struct TokenTrieBuilder {
  private(set) var nodes: [TokenTrie.Node] = []
  private(set) var ends: [Int32] = []
  private(set) var places: [PhrasePlace] = []

  /// Makes the trie.
  ///
  /// - Parameter writings: The phrases, which are brought into order.
  init(_ writings: inout PhraseWritings) {
    writings.sort()
    let phrases = writings.all
    nodes.append(TokenTrie.Node(children: 1, label: -1, depth: 0, reach: 0, isEnd: false))
    // Nodes of one depth, and their phrases.
    var ranges = phrases.isEmpty ? [] : [0..<Int32(phrases.count)]
    var first = 0
    while !ranges.isEmpty {
      var next: [Range<Int32>] = []
      for (offset, range) in ranges.enumerated() {
        let node = first + offset
        let depth = Int(nodes[node].depth)
        nodes[node].children = Int32(first + ranges.count + next.count)
        var start = Int(range.lowerBound)
        let end = Int(range.upperBound)
        if phrases[start].count == depth {
          nodes[node].isEnd = true
          ends.append(Int32(node))
          places.append(phrases[start].place)
          // Of terms that are said alike, the first is written.
          while start < end, phrases[start].count == depth { start += 1 }
        }
        while start < end {
          let token = writings.token(depth, of: phrases[start])
          let first = start
          while start < end, writings.token(depth, of: phrases[start]) == token { start += 1 }
          next.append(Int32(first)..<Int32(start))
          nodes.append(
            TokenTrie.Node(
              children: 0, label: token, depth: UInt8(depth + 1), reach: UInt8(depth + 1),
              isEnd: false))
        }
      }
      first += ranges.count
      ranges = next
    }
    nodes.append(
      TokenTrie.Node(children: Int32(nodes.count), label: -1, depth: 0, reach: 0, isEnd: false))
    setReaches()
  }

  private mutating func setReaches() {
    for node in (0..<nodes.count - 1).reversed() {
      for child in nodes[node].children..<nodes[node + 1].children {
        nodes[node].reach = max(nodes[node].reach, nodes[Int(child)].reach)
      }
    }
  }
}
