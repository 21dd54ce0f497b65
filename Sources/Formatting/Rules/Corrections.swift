/// "scratch that": takes back the phrase before it.
///
/// A phrase ends with a sentence, or before a pause of half a second. Behind a word that makes a
/// verb of it ("to scratch that itch") it is nothing special.
enum Corrections {
  private static let verbs: Set<String> = [
    "to", "not", "don't", "can", "can't", "could", "should", "will", "would", "must", "may", "i",
    "you", "we", "they", "he", "she", "it", "and", "or", "who",
  ]

  /// The words that it is said in, where it begins at a place; nil where it does not.
  static func length(
    _ reader: WordReader, at start: Int = 0, after before: WordBefore
  ) throws(Undecided) -> Int? {
    guard let first = try reader.word(start), first.key == "scratch",
      !verbs.contains(before.key), try reader.following(start + 1)?.key == "that"
    else { return nil }
    return 2
  }
}
