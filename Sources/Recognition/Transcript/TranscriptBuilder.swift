/// Turns tokens into text, words and segments with their times, as NeMo does.
package struct TranscriptBuilder: Sendable {
  private let tokenizer: Tokenizer
  private let timing: TokenTiming
  private let separators: [String]
  private let gapThreshold: Int?
  private let secondsPerFrame: Double
  private let punctuation: Set<Unicode.Scalar>
  private let traits: [PieceTraits]

  /// Looks at every piece of the tokenizer once, so that transcripts are quick.
  ///
  /// - Parameters:
  ///   - tokenizer: The model's tokenizer.
  ///   - timing: How the model's head tells times.
  ///   - separators: A word that ends with one of these characters ends its segment.
  ///   - gapThreshold: Silence in encoder frames that ends a segment. With a threshold, only the
  ///     first word of a segment is asked for separators.
  ///   - secondsPerFrame: Seconds per encoder frame.
  package init(
    tokenizer: Tokenizer, timing: TokenTiming, separators: [String] = [".", "?", "!"],
    gapThreshold: Int? = nil, secondsPerFrame: Double = 0.08
  ) {
    self.tokenizer = tokenizer
    self.timing = timing
    self.separators = separators
    self.gapThreshold = gapThreshold == 0 ? nil : gapThreshold
    self.secondsPerFrame = secondsPerFrame
    punctuation = Punctuation.marks(of: tokenizer)
    traits = PieceTraits.all(of: tokenizer, punctuation: punctuation)
  }

  /// The transcript of tokens.
  ///
  /// - Parameter tokens: Tokens in order of emission, ids below the tokenizer's count.
  /// - Returns: Text, words and segments.
  package func transcript(tokens: [Token]) -> Transcript {
    let times = timing.times(of: tokens, traits)
    let words = WordAssembly.words(
      of: tokens, at: times, tokenizer, traits, secondsPerFrame: secondsPerFrame)
    return Transcript(
      text: text(of: tokens), tokens: tokens, tokenTimes: times, words: words,
      segments: segments(of: words))
  }

  /// The text of tokens, without working out words and times.
  ///
  /// - Parameter tokens: Tokens in order of emission, ids below the tokenizer's count.
  /// - Returns: The same text as in a transcript.
  package func text(of tokens: [Token]) -> String {
    Punctuation.attach(
      punctuation, in: PlainText.only(tokenizer.decode(tokens.lazy.map(\.id))))
  }

  private func segments(of words: [Word]) -> [Segment] {
    var segments: [Segment] = []
    var start = 0
    for (index, word) in words.enumerated() {
      if let gapThreshold, index > start {
        if word.startFrame - words[index - 1].endFrame >= gapThreshold {
          segments.append(segment(of: words, start..<index))
          start = index
        }
      } else if endsSegment(word) {
        segments.append(segment(of: words, start..<index + 1))
        start = index + 1
      }
    }
    if start < words.count { segments.append(segment(of: words, start..<words.count)) }
    return segments
  }

  private func endsSegment(_ word: Word) -> Bool {
    guard let last = word.text.unicodeScalars.last else { return false }
    return separators.contains(String(last)) || separators.contains(word.text)
  }

  private func segment(of words: [Word], _ range: Range<Int>) -> Segment {
    let first = words[range.lowerBound]
    let last = words[range.upperBound - 1]
    return Segment(
      text: words[range].map(\.text).joined(separator: " "), start: first.start, end: last.end,
      startFrame: first.startFrame, endFrame: last.endFrame, words: range)
  }
}
