/// What phrases have in common: the nodes of a biasing tree without scores.
struct BiasingTreeShape {
  private(set) var children: [Int32] = []
  private(set) var labels: [Int32] = [-1]
  private(set) var ends: [Bool] = [false]
  private(set) var parents: [Int32] = [0]
  /// The last node of each phrase, in the order in which they came.
  private(set) var lastNodes: [Int32]

  /// Where the tokens of a phrase are, and which it is.
  private struct Place {
    let tokens: Range<Int>
    let phrase: Int
  }

  /// Finds what they have in common: a node is a range of phrases that begin alike.
  init(_ phrases: [BiasingPhrase]) {
    var tokens: [Int32] = []
    var places: [Place] = []
    places.reserveCapacity(phrases.count)
    for (number, phrase) in phrases.enumerated() {
      let start = tokens.count
      for token in phrase.tokens { tokens.append(Int32(token)) }
      places.append(Place(tokens: start..<tokens.count, phrase: number))
    }
    lastNodes = [Int32](repeating: 0, count: phrases.count)
    tokens.withUnsafeBufferPointer { tokens in
      places.sort { Self.precedes($0.tokens, $1.tokens, tokens) }
      grow(places, tokens)
    }
  }

  private static func precedes(
    _ a: Range<Int>, _ b: Range<Int>, _ tokens: UnsafeBufferPointer<Int32>
  ) -> Bool {
    for (first, second) in zip(a, b) where tokens[first] != tokens[second] {
      return tokens[first] < tokens[second]
    }
    return a.count < b.count
  }

  private mutating func grow(_ places: [Place], _ tokens: UnsafeBufferPointer<Int32>) {
    var ranges = [places.indices]
    var depths = [0]
    var node = 0
    while node < ranges.count {
      children.append(Int32(ranges.count))
      let depth = depths[node]
      var start = ranges[node].lowerBound
      let end = ranges[node].upperBound
      while start < end, places[start].tokens.count == depth {
        lastNodes[places[start].phrase] = Int32(node)
        // No tokens are no phrase.
        ends[node] = node > 0
        start += 1
      }
      while start < end {
        let token = tokens[places[start].tokens.lowerBound + depth]
        var next = start + 1
        while next < end, tokens[places[next].tokens.lowerBound + depth] == token { next += 1 }
        ranges.append(start..<next)
        depths.append(depth + 1)
        labels.append(token)
        parents.append(Int32(node))
        ends.append(false)
        start = next
      }
      node += 1
    }
    children.append(Int32(ranges.count))
  }
}
