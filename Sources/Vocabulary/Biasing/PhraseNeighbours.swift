extension TermPhrase {
  /// What people say that is like the phrase and means itself: words in other forms, the article
  /// between them, as "the session keys" and "get the user name", and a word less, or half a
  /// compound.
  package var neighbours: [[[UInt8]]] {
    let words = parts
    var neighbours: [[[UInt8]]] = []
    for (place, word) in words.enumerated() {
      for form in Self.otherForms(of: word) where OrdinaryEnglish.contains(form) {
        neighbours.append(words[..<place] + [form] + words[(place + 1)...])
      }
      for half in Self.halves(of: word) {
        neighbours.append(words[..<place] + [half] + words[(place + 1)...])
      }
      if words.count > 2 { neighbours.append(Array(words[..<place] + words[(place + 1)...])) }
      if place > 0 {
        for article in Self.articles {
          neighbours.append(words[..<place] + [article] + words[place...])
        }
      }
    }
    return neighbours
  }

  /// The words, and of a single one those that it is made of.
  var parts: [[UInt8]] {
    guard words.count == 1, let word = words.first.map(Array.init) else {
      return words.map(Array.init)
    }
    let halves = Self.halves(of: word)
    return halves.isEmpty ? [word] : halves
  }

  private static let articles = ["the", "a"].map { Array($0.utf8) }
  private static let endings = ["s", "es", "d", "ed", "ing", "er"].map { Array($0.utf8) }
  /// Letters of half a word.
  private static let leastHalf = 3

  /// Other forms of an English word: longer and shorter ones.
  private static func otherForms(of word: [UInt8]) -> [[UInt8]] {
    guard word.count > 2 else { return [] }
    var forms = endings.map { word + $0 }
    for ending in endings where word.suffix(ending.count).elementsEqual(ending) {
      forms.append(Array(word.dropLast(ending.count)))
    }
    if word.last == UInt8(ascii: "y") {
      forms += ["ies", "ied"].map { word.dropLast() + Array($0.utf8) }
    }
    if word.suffix(3).elementsEqual("ies".utf8) {
      forms += ["y", "ys"].map { word.dropLast(3) + Array($0.utf8) }
    }
    return forms
  }

  /// The words that a compound is made of, as "web" and "hook".
  private static func halves(of word: [UInt8]) -> [[UInt8]] {
    guard word.count >= 2 * leastHalf else { return [] }
    for cut in leastHalf...word.count - leastHalf {
      let halves = [Array(word[..<cut]), Array(word[cut...])]
      if halves.allSatisfy(OrdinaryEnglish.contains) { return halves }
    }
    return []
  }
}
