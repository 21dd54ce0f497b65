/// What people say without meaning a term.
enum OrdinaryEnglish {
  /// Whether a word is English, apart from letters that are only spelled.
  static func contains(_ word: some Collection<UInt8>) -> Bool { false }

  /// Whether words that follow each other may well be said without meaning a name.
  static func isOrdinary(_ words: [ArraySlice<UInt8>]) -> Bool { words.allSatisfy(contains) }
}
