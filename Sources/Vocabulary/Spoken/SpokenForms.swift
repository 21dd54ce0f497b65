extension Term {
  /// All ways to say the term, those that are listed first, then the usual one.
  package var forms: [SpokenForm] {
    let listed = spoken.map {
      SpokenForm(words: $0.split(separator: " ").map(String.init), kind: .listed)
    }
    let plain = spelling.lowercased().split(separator: " ").map(String.init)
    return listed + [SpokenForm(words: plain, kind: .canonical)]
  }
}
