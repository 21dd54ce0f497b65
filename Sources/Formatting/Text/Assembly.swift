/// Puts pieces together; what it has written stays.
struct Assembly: Sendable {
  /// What is written so far.
  private(set) var result = FormattedText()
  /// Marks of the last piece, which the next one may swallow.
  private var held = ""
  private var joinsNext = false
  private var wantsCapital = false
  private let holdsMarks: Bool

  /// Begins.
  ///
  /// - Parameter holdsMarks: Whether marks wait until it is known what comes behind them.
  init(holdsMarks: Bool) { self.holdsMarks = holdsMarks }

  /// Writes a piece.
  mutating func append(_ piece: Piece) {
    if !held.allSatisfy(piece.swallowed.contains) { writeMark(held) }
    held = ""
    let isTogether = joinsNext || piece.joinsLeft || result.text.isEmpty
    let separator = isTogether ? "" : piece.separator
    let isNew = !separator.isEmpty || result.text.last?.isNewline ?? true
    let text = capitalized(piece)
    result.text += separator + text
    if isNew { result.words.append(.init(text, piece)) } else { extendLast(with: text, piece) }
    joinsNext = piece.joinsRight
    if let term = piece.term { result.terms.append(term) }
    if holdsMarks { held = piece.mark } else { writeMark(piece.mark) }
  }

  /// Puts another mark behind what was written last.
  mutating func replaceMark(with mark: String) { held = mark }

  /// Writes what waits.
  mutating func finish() {
    writeMark(held)
    held = ""
    // A line break at the very end belongs to no word.
    result.words.removeAll { $0.text.allSatisfy(\.isNewline) }
  }

  /// A piece's text, with a capital where a sentence begins that the model does not know of.
  private mutating func capitalized(_ piece: Piece) -> String {
    let isFirst = wantsCapital || piece.wantsCapital
    wantsCapital = piece.endsSentence
    switch piece.kind {
    case .word where isFirst: return piece.text.prefix(1).uppercased() + piece.text.dropFirst()
    // What a rule or a term made is meant as it is.
    case .word, .written: break
    // An opening bracket is before the first word.
    case .mark, .symbol: wantsCapital = isFirst || piece.endsSentence
    }
    return piece.text
  }

  private mutating func writeMark(_ mark: String) {
    result.text += mark
    if let last = result.words.indices.last { result.words[last].text += mark }
  }

  private mutating func extendLast(with text: String, _ piece: Piece) {
    guard let last = result.words.indices.last, !text.allSatisfy(\.isNewline) else { return }
    result.words[last].text += text
    result.words[last].end = max(result.words[last].end, piece.end)
    result.words[last].confidence = min(result.words[last].confidence, piece.confidence)
    result.words[last].heard = result.words[last].heard.lowerBound..<piece.heard.upperBound
  }
}

extension FormattedText.Word {
  fileprivate init(_ text: String, _ piece: Piece) {
    self.init(
      text: text, start: piece.start, end: piece.end, confidence: piece.confidence,
      heard: piece.heard)
  }
}
