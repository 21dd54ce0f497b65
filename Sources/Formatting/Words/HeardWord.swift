internal import Vocabulary

/// A word taken apart: what rules compare, and what hangs on it.
struct HeardWord: Sendable {
  /// The white space before it.
  var separator: String
  /// Marks before it, such as an opening bracket.
  private(set) var lead: String
  /// The word alone; empty where there is nothing but marks.
  private(set) var core: String
  /// Marks behind it, such as a comma.
  private(set) var mark: String
  /// The word in lower case, with plain apostrophes.
  private(set) var key: String
  /// Its place among all words that were heard.
  let index: Int
  /// Seconds of silence before it.
  let gap: Double
  let start: Double
  private(set) var end: Double
  private(set) var confidence: Float
  /// Whether it begins a sentence because what began it was taken out.
  var wantsCapital = false
  /// What the audio made of it; nil for the word as it is.
  private(set) var judged: JudgedWord?
  /// Whether the word itself is left out, and only its marks are there.
  private(set) var isLeftOut = false
  /// The whole of it as terms are looked for; nil where there are none.
  private(set) var folded: FoldedWord?
  /// Whether some term may begin with it.
  private(set) var mayBeginTerm = false

  /// A pause as between phrases; a little shorter than that is hesitation.
  static let pause = 0.5

  private static let leads: Set<Character> = ["(", "[", "{", "\"", "“", "‘", "«", "¿", "¡"]
  /// What may stand behind a word.
  static let marks: Set<Character> = [
    ".", ",", ";", ":", "!", "?", "…", ")", "]", "}", "\"", "'", "”", "’", "»",
  ]

  /// Takes a word apart.
  init(_ word: SpokenWord, at index: Int, gap: Double) {
    (separator, start, end, confidence) = (word.separator, word.start, word.end, word.confidence)
    (self.index, self.gap, judged) = (index, gap, word.judged)
    (lead, core, mark, key) = Self.parts(word.text)
  }

  /// The whole of it.
  var text: String { lead + core + mark }
  /// Whether there is nothing but marks.
  var isMark: Bool { core.isEmpty }
  /// Whether a pause or a mark of its own sets the word apart from what comes before it.
  var followsPause: Bool { gap >= Self.pause }
  /// Whether it ends a sentence.
  var endsSentence: Bool { mark.contains { $0 == "." || $0 == "?" || $0 == "!" } }

  /// Goes on with the word where the next stretch of a recording begins in the middle of it.
  mutating func extend(as word: SpokenWord) {
    (lead, core, mark, key) = Self.parts(word.text)
    (end, confidence) = (word.end, word.confidence)
  }

  /// Makes it ready for terms to be looked for; again where it changed.
  mutating func fold(for terms: TermMatcher?) {
    folded = terms.map { _ in FoldedWord(text) }
    mayBeginTerm = folded.flatMap { terms?.mayBegin(with: $0) } ?? false
  }

  /// Lets the word stand as it is, for it is another now.
  mutating func forgetTerm() { judged = nil }

  /// Leaves nothing of it but its marks.
  mutating func removeWord() { (separator, lead, core, key, isLeftOut) = ("", "", "", "", true) }

  /// Takes another word in its place.
  mutating func replace(with word: String) { (core, key) = (word, word) }

  /// The letters between what stands before and behind.
  private static func parts(
    _ text: String
  ) -> (lead: String, core: String, mark: String, key: String) {
    let rest = text.drop(while: leads.contains)
    let lead = text[..<rest.startIndex]
    var core = rest
    while let last = core.last, marks.contains(last) { core.removeLast() }
    return (String(lead), String(core), String(rest[core.endIndex...]), lowercased(core))
  }

  /// What rules compare of a word.
  static func key(of text: String) -> String { parts(text).key }

  private static func lowercased(_ core: Substring) -> String {
    let key = core.lowercased()
    // Most words are plain ASCII, where there is nothing to look for.
    return key.utf8.allSatisfy { $0 < 0x80 } ? key : key.replacing("’", with: "'")
  }
}
