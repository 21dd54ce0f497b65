package import Recognition

/// Words to the text that is written: terms of the vocabulary, spoken commands, marks and numbers.
///
/// Words come as they are heard, in pieces of any size, which makes no difference to the text. What
/// is settled never changes: a word whose writing depends on words to come is held back until they
/// come, or nothing is said for 1.5 s; with corrections a whole phrase is, until the next begins.
///
/// At each place the first of these that applies is written, and nothing changes it any more: a
/// term, a name with its case, a word that is spelled, a mark, a number, a replacement, the word as
/// it is. A value: a copy goes on from the same place, so that a guess needs no repair.
package struct Formatter: Sendable {
  /// Words that come together are written in parts of so many; it makes no difference to the text.
  private static let mostWaiting = 1_000

  private let rules: FormattingRules
  /// Words that are not written yet.
  private var waiting: [HeardWord] = []
  /// The last word that was heard, and how many there were.
  private var last: SpokenWord?
  private var count = 0
  /// Seconds of silence before the last word, or before or behind words that were left out.
  private var silence = 0.0
  /// Whether the last word was left out.
  private var leftOut = false
  /// Seconds of the recording whose words are known.
  private var known = 0.0
  private var before = WordBefore()
  private var openPairs: Set<String> = []
  private var phrase: Phrase
  /// Whether the next word that comes begins a sentence, because what began it was left out.
  private var wantsCapital = false
  /// Whether the next word that is written does, because what began it was taken back.
  private var inheritsCapital = false
  /// Whether something is written otherwise than it was heard.
  package private(set) var hasChanges = false

  /// Begins a text.
  ///
  /// - Parameter rules: How it is written.
  package init(_ rules: FormattingRules = FormattingRules()) {
    self.rules = rules
    phrase = Phrase(
      Assembly(holdsMarks: rules.changesMarks), mayBeTakenBack: rules.has(.corrections))
  }

  /// What will not change any more.
  package var settled: String { phrase.assembly.result.text }

  /// The second of the recording at which words that wait are written if no others are heard.
  package var heldUntil: Double? {
    waiting.isEmpty ? nil : last.map { $0.end + WordReader.reach }
  }

  /// Takes in what was heard since the last call.
  ///
  /// - Parameters:
  ///   - words: All words of the recording so far; those that were there before are as they were,
  ///     but that the last one may go on.
  ///   - known: Seconds of the recording whose words are known.
  package mutating func hear(_ words: [SpokenWord], known: Double) {
    if let last, count <= words.count { goOn(last, as: words[count - 1]) }
    let known = max(self.known, known)
    var most = Self.mostWaiting
    for word in words.dropFirst(count) {
      append(word)
      guard waiting.count >= most else { continue }
      // The words of hours would take more room than the text.
      self.known = min(known, max(self.known, word.end))
      write()
      most = waiting.count + Self.mostWaiting
    }
    self.known = known
    write()
  }

  /// The text of a recording that is over.
  ///
  /// - Parameter words: All its words.
  /// - Returns: The text. It begins with what was settled before.
  package mutating func finish(_ words: [SpokenWord]) -> FormattedText {
    hear(words, known: .infinity)
    return phrase.finish()
  }

  /// The text of a recording that is over.
  ///
  /// - Parameters:
  ///   - transcript: All that was heard.
  ///   - judged: Terms that the audio says in place of words.
  /// - Returns: The text; to the byte what the model wrote where nothing in it is to be changed.
  package mutating func finish(
    _ transcript: Transcript, judged: [JudgedTerm] = []
  ) -> FormattedText {
    let text = finish(SpokenWord.words(of: transcript, judged: judged))
    return hasChanges ? text : FormattedText(transcript)
  }

  // MARK: - Words that come

  private mutating func append(_ word: SpokenWord) {
    silence = max(silence, last.map { word.start - $0.end } ?? 0)
    (last, count) = (word, count + 1)
    take(HeardWord(word, at: count - 1, gap: silence))
    if !leftOut { silence = 0 }
  }

  /// Goes on with the last word, where a stretch of a recording began in the middle of it.
  private mutating func goOn(_ last: SpokenWord, as word: SpokenWord) {
    guard word.text != last.text, word.text.hasPrefix(last.text) else { return }
    self.last = word
    if leftOut {
      take(HeardWord(word, at: count - 1, gap: 0))
    } else if waiting.last?.index == count - 1 {
      waiting[waiting.count - 1].extend(as: word)
      waiting[waiting.count - 1].fold(for: rules.terms)
      forgetLastTerm()
    } else {
      var rest = word
      (rest.text, rest.separator) = (String(word.text.dropFirst(last.text.count)), "")
      take(HeardWord(rest, at: count - 1, gap: 0))
    }
  }

  /// Gives up the term that the last word is a part of, for that word has become another.
  private mutating func forgetLastTerm() {
    for index in waiting.indices.reversed() {
      guard let judged = waiting[index].judged else { return }
      waiting[index].forgetTerm()
      if case .first = judged { return }
    }
  }

  private mutating func take(_ word: HeardWord) {
    leftOut = rules.has(.fillers) && word.judged == nil && Fillers.contains(word)
    var word = word
    if leftOut {
      hasChanges = true
      guard word.endsSentence else {
        wantsCapital = wantsCapital || word.core.first?.isUppercase ?? false
        return
      }
      word.removeWord()
    } else {
      word.wantsCapital = wantsCapital
      wantsCapital = false
    }
    word.fold(for: rules.terms)
    waiting.append(word)
  }

  // MARK: - Words that are written

  private mutating func write() {
    var next = 0
    let terms = rules.terms.map(TermFinder.init)
    while next < waiting.endIndex {
      let reader = WordReader(
        waiting[next...], known: known, lastEnd: last?.end ?? 0, terms: terms)
      do throws(Undecided) {
        next += try writeNext(reader)
      } catch {
        break
      }
    }
    waiting.removeFirst(next)
  }

  /// Writes what the first word begins.
  ///
  /// - Returns: How many words that took.
  private mutating func writeNext(_ reader: WordReader) throws(Undecided) -> Int {
    let word = reader.first
    let before = word.followsPause || !word.lead.isEmpty ? before.apart : before
    if word.isMark {
      writeMark(word)
      return 1
    }
    if rules.has(.corrections), let count = try Corrections.length(reader, after: before) {
      takeBack()
      return count
    }
    if let match = try rules.match(reader, after: before, openPairs: &openPairs) {
      (hasChanges, inheritsCapital) = (true, false)
      write(match.piece, for: match.count, reader)
      self.before = WordBefore(match.piece)
      return match.count
    }
    var piece = Piece(word.lead + word.core, .word)
    (piece.mark, piece.wantsCapital) = (word.mark, word.wantsCapital || inheritsCapital)
    inheritsCapital = false
    write(piece, for: 1, reader)
    self.before = WordBefore(piece)
    if word.mark.isEmpty { self.before.key = word.key }
    return 1
  }

  private mutating func write(_ piece: Piece, for count: Int, _ reader: WordReader) {
    var piece = piece
    let (first, last) = (reader.first, reader.last(of: count))
    piece.separator = first.separator
    piece.heard = first.index..<last.index + 1
    (piece.start, piece.end) = (first.start, last.end)
    piece.confidence = reader.confidence(of: count)
    phrase.append(piece, afterPause: first.followsPause)
  }

  /// Writes marks that stand alone: where a stretch begins with them, they belong to the word
  /// before.
  private mutating func writeMark(_ word: HeardWord) {
    let isLast = word.separator.isEmpty
    // Where there is no word that a sentence could end with, its mark is none.
    if word.isLeftOut, !before.isName { return }
    var piece = Piece(isLast ? "" : word.text, isLast ? .word : .mark)
    if isLast { piece.mark = word.mark }
    if word.isLeftOut { piece.swallowed = HeardWord.marks }
    piece.joinsLeft = isLast
    write(piece, for: 1, WordReader([word], known: known, lastEnd: word.end))
    before.key = ""
  }

  private mutating func takeBack() {
    hasChanges = true
    inheritsCapital = phrase.takeBack()
    before = WordBefore()
  }
}
