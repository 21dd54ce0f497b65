internal import System

/// All phrases of a vocabulary as a model would write them, in tokens.
struct PhraseWritings {
  /// A phrase as tokens: 24 bytes.
  struct Writing {
    /// The first tokens, by which most differ.
    let key: UInt64
    let place: PhrasePlace
    /// Where its tokens are.
    let start: Int32
    let count: Int32
  }

  /// The phrases.
  private(set) var all: [Writing] = []
  private let matcher: TermMatcher
  private var tokens: [Int32] = []
  private var words: KnownWords

  /// Tokens of a phrase at most.
  private static let longest = 64
  /// Tokens in a key, and bits of each.
  private static let (keyTokens, keyBits) = (3, 21)

  /// Makes tokens of all phrases.
  ///
  /// - Parameters:
  ///   - matcher: The vocabulary.
  ///   - encode: The tokens of a word that follows others; nil where the model cannot write it.
  init(_ matcher: TermMatcher, encode: (String) -> [Int]?) {
    self.matcher = matcher
    words = KnownWords()
    // A model that knows no capitals spares the rest.
    let hasCapitals = encode("A") != nil
    matcher.forEachPhrase { place, form in
      add(form.words, place, encode)
      guard hasCapitals else { return }
      for words in matcher.phrase(place).capitalizedWritings {
        add(words.map { Array($0.utf8)[...] }, place, encode)
      }
    }
  }

  /// A token of a phrase.
  func token(_ index: Int, of writing: Writing) -> Int32 { tokens[Int(writing.start) + index] }

  /// Brings phrases into the order of their tokens; the first of those that have the same is the
  /// one whose term is written.
  mutating func sort() {
    let (tokens, matcher) = (tokens, matcher)
    tokens.withUnsafeBufferPointer { tokens in
      all.sort { a, b in
        if a.key != b.key { return a.key < b.key }
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

  private mutating func add(
    _ words: [ArraySlice<UInt8>], _ place: PhrasePlace, _ encode: (String) -> [Int]?
  ) {
    let start = tokens.count
    for word in words {
      let found = self.words.append(word, to: &tokens, encode)
      guard found, tokens.count - start <= Self.longest else {
        tokens.removeLast(tokens.count - start)
        return
      }
    }
    guard tokens.count > start else { return }
    all.append(
      Writing(
        key: key(from: start), place: place, start: Int32(start),
        count: Int32(tokens.count - start)))
  }

  /// The first tokens as one number, which orders phrases as they do.
  private func key(from start: Int) -> UInt64 {
    var key: UInt64 = 0
    for index in start..<start + Self.keyTokens {
      // Nothing comes before every token.
      let token = index < tokens.count ? UInt64(tokens[index]) + 1 : 0
      key = key << UInt64(Self.keyBits) | min(token, 1 << UInt64(Self.keyBits) - 1)
    }
    return key
  }
}

/// Tokens of words that were asked for before.
private struct KnownWords {
  /// Where a word and its tokens are.
  private struct Word {
    let text: Range<Int32>
    let tokens: Range<Int32>
  }

  private var words: [Word] = []
  private var text: [UInt8] = []
  private var tokens: [Int32] = []
  private var index = HashIndex()

  /// Adds the tokens of a word.
  ///
  /// - Returns: Whether it has any; one that cannot be written has none.
  mutating func append(
    _ word: ArraySlice<UInt8>, to all: inout [Int32], _ encode: (String) -> [Int]?
  ) -> Bool {
    let hash = ContentHash(of: word).number
    if let known = index[hash].map({ words[Int($0)] }),
      text[Int(known.text.lowerBound)..<Int(known.text.upperBound)].elementsEqual(word)
    {
      all += tokens[Int(known.tokens.lowerBound)..<Int(known.tokens.upperBound)]
      return !known.tokens.isEmpty
    }
    let found = (encode(String(decoding: word, as: UTF8.self)) ?? []).map { Int32($0) }
    index.set(hash, to: Int32(words.count))
    words.append(
      Word(
        text: Int32(text.count)..<Int32(text.count + word.count),
        tokens: Int32(tokens.count)..<Int32(tokens.count + found.count)))
    text += word
    tokens += found
    all += found
    return !found.isEmpty
  }
}
