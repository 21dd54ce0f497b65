extension TermPhrase {
  /// What people say that is like the phrase and means itself: words in other forms, and articles
  /// between them, as "the session keys" and "get the user name".
  package var neighbours: [[[UInt8]]] {
    let words = words.map(Array.init)
    var neighbours: [[[UInt8]]] = []
    for (place, word) in words.enumerated() {
      for form in Self.otherForms(of: word) where OrdinaryEnglish.contains(form) {
        var neighbour = words
        neighbour[place] = form
        neighbours.append(neighbour)
      }
      if place > 0 {
        for article in Self.articles {
          neighbours.append(words[..<place] + [article] + words[place...])
        }
      }
    }
    return neighbours
  }

  private static let articles = ["the", "a"].map { Array($0.utf8) }
  private static let endings = ["s", "es", "d", "ed", "ing", "er"].map { Array($0.utf8) }

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
      forms.append(word.dropLast(3) + [UInt8(ascii: "y")])
    }
    return forms
  }
}
