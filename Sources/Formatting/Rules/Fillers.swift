/// Sounds that people make while they look for a word.
enum Fillers {
  private static let sounds: Set<String> = [
    "um", "umm", "uhm", "uh", "uhh", "erm", "hmm", "hm",
  ]

  /// Whether a word is one.
  static func contains(_ word: HeardWord) -> Bool { sounds.contains(word.key) }
}
