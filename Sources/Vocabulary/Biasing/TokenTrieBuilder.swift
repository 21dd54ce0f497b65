/// Makes a trie of all phrases of a vocabulary.
struct TokenTrieBuilder {
  private(set) var lastNodes: [Int32] = []
  private(set) var places: [PhrasePlace] = []
  private(set) var children: [Int32] = []
  private(set) var labels: [Int32] = [-1]
  private(set) var parents: [Int32] = [0]
  private(set) var depths: [UInt8] = [0]
  private(set) var reaches: [UInt8] = []
  private(set) var ends: [Int32] = [-1]

  /// A phrase, and where its tokens are in `tokens`.
  private struct Writing {
    let place: PhrasePlace
    let start: Int32
    let count: Int32
  }

  private let matcher: TermMatcher
  private var writings: [Writing] = []
  private var tokens: [Int32] = []
  /// Tokens of words that were asked for; of those that cannot be written there are none.
  private var known: [String: Range<Int>] = [:]
  private var wordTokens: [Int32] = []

  /// Tokens of a phrase at most.
  private static let longest = 64

  /// Makes tokens of all phrases.
  init(_ matcher: TermMatcher, encode: (String) -> [Int]?) {
    self.matcher = matcher
    // A model that knows no capitals spares the rest.
    let hasCapitals = encode("A") != nil
    for place in matcher.phrasePlaces {
      for words in matcher.phrase(place).writings(hasCapitals: hasCapitals) {
        add(words, place, encode)
      }
    }
  }

  private mutating func add(
    _ words: [String], _ place: PhrasePlace, _ encode: (String) -> [Int]?
  ) {
    let start = tokens.count
    for word in words {
      var range = known[word]
      if range == nil {
        let first = wordTokens.count
        wordTokens += (encode(word) ?? []).map { Int32($0) }
        range = first..<wordTokens.count
        known[word] = range
      }
      guard let range, !range.isEmpty else {
        tokens.removeLast(tokens.count - start)
        return
      }
      tokens += wordTokens[range]
    }
    guard (1...Self.longest).contains(tokens.count - start) else {
      tokens.removeLast(tokens.count - start)
      return
    }
    writings.append(
      Writing(place: place, start: Int32(start), count: Int32(tokens.count - start)))
  }

  /// Makes the trie: a node is a range of phrases that begin alike, and nodes come by their depth.
  mutating func build() {
    sort()
    // Of terms that are said alike, the first is written.
    var phrases: [Writing] = []
    for writing in writings where phrases.last.map({ !areEqual($0, writing) }) ?? true {
      phrases.append(writing)
    }
    places = phrases.map(\.place)
    lastNodes = [Int32](repeating: 0, count: phrases.count)
    var ranges = [phrases.indices]
    var node = 0
    while node < ranges.count {
      children.append(Int32(ranges.count))
      let depth = Int(depths[node])
      var start = ranges[node].lowerBound
      let end = ranges[node].upperBound
      if start < end, phrases[start].count == depth {
        ends[node] = Int32(start)
        lastNodes[start] = Int32(node)
        start += 1
      }
      while start < end {
        let token = tokens[Int(phrases[start].start) + depth]
        var next = start + 1
        while next < end, tokens[Int(phrases[next].start) + depth] == token { next += 1 }
        ranges.append(start..<next)
        labels.append(token)
        parents.append(Int32(node))
        depths.append(UInt8(depth + 1))
        ends.append(-1)
        start = next
      }
      node += 1
    }
    children.append(Int32(ranges.count))
    reaches = depths
    for node in labels.indices.dropFirst().reversed() {
      let parent = Int(parents[node])
      reaches[parent] = max(reaches[parent], reaches[node])
    }
  }

  private mutating func sort() {
    let (tokens, matcher) = (tokens, matcher)
    tokens.withUnsafeBufferPointer { tokens in
      writings.sort { a, b in
        let (first, second) = (Int(a.start), Int(b.start))
        for offset in 0..<Int(min(a.count, b.count))
        where tokens[first + offset] != tokens[second + offset] {
          return tokens[first + offset] < tokens[second + offset]
        }
        if a.count != b.count { return a.count < b.count }
        return matcher.phrase(a.place).term.precedes(matcher.phrase(b.place).term)
      }
    }
  }

  private func areEqual(_ a: Writing, _ b: Writing) -> Bool {
    a.count == b.count
      && tokens[Int(a.start)..<Int(a.start + a.count)]
        == tokens[Int(b.start)..<Int(b.start + b.count)]
  }
}
