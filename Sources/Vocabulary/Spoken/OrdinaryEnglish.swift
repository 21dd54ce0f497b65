internal import CWords
internal import System

/// What people say without meaning a term: the 40,000 most frequent words.
package enum OrdinaryEnglish {
  /// Whether a word is English, apart from letters that are only spelled.
  package static func contains(_ word: some Collection<UInt8>) -> Bool { rank(of: word) != nil }

  /// A word's place by frequency, 0 for the most frequent; nil for what is no English word.
  ///
  /// - Parameter word: Small letters.
  /// - Returns: Its place.
  package static func rank(of word: some Collection<UInt8>) -> Int? {
    words.ranks[key(of: word)].map { Int($0) }
  }

  /// Whether a word is nothing but a name, which has a capital.
  ///
  /// - Parameter word: Small letters.
  /// - Returns: False for words that are names too, such as "mark".
  static func isName(_ word: some Collection<UInt8>) -> Bool { words.names.contains(key(of: word)) }

  /// How often a word comes among 10,000 words of books.
  ///
  /// - Parameter word: Small letters.
  /// - Returns: 0 for what is no English word.
  package static func frequency(of word: some Collection<UInt8>) -> Double {
    guard let rank = rank(of: word) else { return 0 }
    let step = words.steps.last { $0.first <= rank }
    return Double(step?.perBillion ?? 0) / 100_000
  }

  /// Whether words that follow each other may well be said without meaning a name.
  ///
  /// The more words there are, the more usual each of them has to be.
  static func isOrdinary(_ words: some Collection<some Collection<UInt8>>) -> Bool {
    guard !words.isEmpty, words.count <= ranksByCount.count else { return false }
    let limit = ranksByCount[words.count - 1]
    return words.allSatisfy { rank(of: $0).map { $0 < limit } ?? false }
  }

  /// How often words follow each other among 10,000 words of books, if only chance brings them
  /// together.
  static func frequency(of words: some Collection<some Collection<UInt8>>) -> Double {
    words.reduce(10_000) { $0 * frequency(of: $1) / 10_000 }
  }

  /// Whether words that follow each other may be a sentence, whatever it means.
  static func isEnglish(_ words: some Collection<some Collection<UInt8>>) -> Bool {
    words.count <= ranksByCount.count
      ? isOrdinary(words) : words.allSatisfy { rank(of: $0) ?? .max < 5_000 }
  }

  private static let ranksByCount = [40_000, 5_000, 3_000, 1_000]

  /// The list, read once.
  private static let words = WordList()

  private struct WordList {
    var ranks: [UInt64: UInt16] = [:]
    var names: Set<UInt64> = []
    /// From which word on each comes at least so many times among a billion.
    var steps: [(first: Int, perBillion: Int)] = []

    init() {
      ranks.reserveCapacity(40_000)
      read(UnsafeBufferPointer(start: cwords_text(), count: cwords_count()))
    }

    private mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
      for line in text.split(separator: UInt8(ascii: "\n")) {
        switch line.first {
        case UInt8(ascii: "#"): continue
        case UInt8(ascii: "="):
          let number = Int(String(decoding: line.dropFirst(2), as: UTF8.self)) ?? 0
          steps.append((ranks.count, number))
        case .some(UInt8(ascii: "A")...UInt8(ascii: "Z")):
          let name = [line[line.startIndex] | 0x20] + line.dropFirst()
          names.insert(key(of: name))
          ranks[key(of: name)] = UInt16(clamping: ranks.count)
        default: ranks[key(of: line)] = UInt16(clamping: ranks.count)
        }
      }
    }
  }
}

/// A number for a word, which no two words of the list share.
private func key(of word: some Collection<UInt8>) -> UInt64 { ContentHash(of: word).number }
