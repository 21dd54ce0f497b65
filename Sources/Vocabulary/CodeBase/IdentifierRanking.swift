internal import Foundation

/// Orders identifiers by how much a list gains from them.
enum IdentifierRanking {
  /// The names that are worth listing, the most telling ones first.
  ///
  /// What a model writes right anyway is of no use, and what is said like ordinary English does
  /// harm: both are left out. The rest counts the more, the more often it is used and the rarer
  /// its words are in English. Of names that are said in the same way the one that is used most
  /// stays.
  static func names(
    _ counts: [(name: String, count: Int)], limit: Int
  ) -> [CodeBaseScan.Name] {
    var reader = SpellingReader()
    var best: [[UInt8]: (name: String, count: Int, score: Double)] = [:]
    for (name, count) in counts {
      guard let form = sayable(name, &reader) else { continue }
      let key = FoldedWord.key(of: form)
      let score = (1 + log(Double(count))) * rarity(of: form)
      if let other = best[key], (other.count, name) > (count, other.name) { continue }
      best[key] = (name, count, score)
    }
    return best.values.sorted { ($1.score, $0.name) < ($0.score, $1.name) }.prefix(limit).map {
      // Of names in several lists the one that is used more wins, and a person's own over both.
      let weight = (10 * (1 + log10(Double($0.count)))).rounded() / 100
      return CodeBaseScan.Name(
        spelling: $0.name, uses: $0.count, term: Term($0.name, weight: min(weight, 0.9)))
    }
  }

  /// The usual form of a name; nil where nobody would dictate it, or mean it.
  private static func sayable(_ name: String, _ reader: inout SpellingReader) -> String? {
    // Underscores round a name are hardly said, and hide it from those who use it.
    guard !name.hasPrefix("_"), !name.hasSuffix("_"),
      let form = reader.forms(of: Term(name)).first(where: { $0.kind == .canonical })
    else { return nil }
    let words = form.text.utf8.split(separator: 0x20)
    let isSpelled = words.allSatisfy { $0.count == 1 }
    guard words.count <= 8, !isSpelled || words.count <= 5, !OrdinaryEnglish.isOrdinary(words)
    else { return nil }
    return form.text
  }

  /// How far the words are from ordinary English, in powers of ten; what is beyond a long name's
  /// worth says no more.
  private static func rarity(of form: String) -> Double {
    let sum = form.utf8.split(separator: 0x20).reduce(0.0) { sum, word in
      // A letter tells little, a word that English does not have tells most.
      if word.count == 1 { return sum + 1 }
      let perTenThousand = OrdinaryEnglish.frequency(of: word)
      return sum + (perTenThousand > 0 ? 4 - log10(perTenThousand) : 8)
    }
    return min(sum, 16)
  }
}
