/// What a rule says where it depends on words that are still to come.
struct Undecided: Error {}

/// Words from one place on, as rules read them.
///
/// Whatever a rule made of words that it read stays true when more are heard, because reading on
/// where nothing is known yet throws. So it does not matter in what pieces a recording comes.
struct WordReader {
  private let words: ArraySlice<HeardWord>
  /// Seconds of the recording whose words are known.
  private let known: Double
  /// The last word's end, or that of what was taken out behind it.
  private let lastEnd: Double
  /// Finds terms, which no rule takes words of.
  private let terms: TermFinder?

  /// Seconds of silence that no rule reaches across; what is held back is held so long at most.
  static let reach = 1.5

  /// Begins at a place.
  ///
  /// - Parameters:
  ///   - words: All words from there on, at least one.
  ///   - known: Seconds of the recording whose words are known; infinite at its end.
  ///   - lastEnd: Where what is known of speech ends.
  ///   - terms: Finds terms.
  init(
    _ words: ArraySlice<HeardWord>, known: Double, lastEnd: Double, terms: TermFinder? = nil
  ) {
    (self.words, self.known, self.lastEnd, self.terms) = (words, known, lastEnd, terms)
  }

  /// The word that is to be written next.
  var first: HeardWord { words[words.startIndex] }

  /// The place of the first word among those that wait.
  var place: Int { words.startIndex }

  /// The words that are known, as far as there is no silence that nothing reaches across.
  var inReach: ArraySlice<HeardWord> {
    let end = words.dropFirst().firstIndex { $0.gap > Self.reach } ?? words.endIndex
    return words[..<end]
  }

  /// Whether more words may follow those in reach.
  var mayGoOn: Bool { known - lastEnd <= Self.reach && inReach.endIndex == words.endIndex }

  /// A word.
  ///
  /// - Parameter offset: Its place, counted from the first; those before it are there.
  /// - Returns: The word; nil where the recording ends, or nothing is said for some time.
  /// - Throws: `Undecided` where nobody knows yet.
  func word(_ offset: Int) throws(Undecided) -> HeardWord? {
    let index = words.startIndex + offset
    if index < words.endIndex {
      return offset > 0 && words[index].gap > Self.reach ? nil : words[index]
    }
    if known - lastEnd > Self.reach { return nil }
    throw Undecided()
  }

  /// A word that goes on with what was said before it: no pause, no mark, and no term begins.
  ///
  /// - Parameters:
  ///   - offset: Its place; at least 1.
  ///   - marks: Whether marks between the words make no difference.
  ///   - isName: Whether terms may be parts of what is written.
  /// - Returns: The word; nil where something else follows, or nothing.
  /// - Throws: `Undecided` where nobody knows yet.
  func following(
    _ offset: Int, across marks: Bool = false, inName isName: Bool = false
  ) throws(Undecided) -> HeardWord? {
    if !marks, !words[words.startIndex + offset - 1].mark.isEmpty { return nil }
    guard let word = try word(offset), !word.followsPause, !word.isMark, marks || word.lead.isEmpty
    else { return nil }
    if !isName, try term(at: offset) != nil { return nil }
    return word
  }

  /// The longest term that begins at a place.
  ///
  /// - Parameters:
  ///   - offset: The place; the words before it are there.
  ///   - isGuarded: Whether ordinary English is left alone.
  /// - Returns: nil where none begins there.
  /// - Throws: `Undecided` where a longer one may be on its way.
  func term(at offset: Int = 0, isGuarded: Bool = true) throws(Undecided) -> FoundTerm? {
    guard let terms, try word(offset) != nil else { return nil }
    return try terms.term(from(offset), isGuarded: isGuarded)
  }

  /// The last of some words that are there.
  func last(of count: Int) -> HeardWord { words[words.startIndex + count - 1] }

  /// The lowest confidence of some words that are there.
  func confidence(of count: Int) -> Float {
    words.prefix(count).lazy.map(\.confidence).min() ?? 1
  }

  /// The same words but for the first.
  func replacingFirst(with key: String) -> WordReader {
    var words = words
    words[words.startIndex].replace(with: key)
    return WordReader(words, known: known, lastEnd: lastEnd, terms: terms)
  }

  /// The words from a later place on.
  func from(_ offset: Int) -> WordReader {
    WordReader(words.dropFirst(offset), known: known, lastEnd: lastEnd, terms: terms)
  }
}
