internal import Recognition

/// Words of an utterance by the frames in which they were decoded.
struct WordSpans {
  let words: [Word]
  private let tokens: [Token]
  /// Frames of each word.
  private let ranges: [Range<Int>]

  /// Frames that the last sound of a word may reach beyond its last token.
  private static let echo = 4
  /// The part of a word in some frames that makes it one of theirs perhaps, and certainly.
  private static let (least, most) = (0.15, 0.75)

  init(_ words: [Word], _ tokens: [Token]) {
    (self.words, self.tokens) = (words, tokens)
    ranges = words.indices.map { index in
      let start = tokens[words[index].tokens.lowerBound].frame
      let next =
        index + 1 < words.count
        ? tokens[words[index + 1].tokens.lowerBound].frame : words[index].endFrame
      return start..<max(start + 1, min(next, words[index].endFrame + Self.echo))
    }
  }

  /// The words that lie in some frames; those at either end that lie there in part may be left out.
  func spans(in frames: Range<Int>) -> [Range<Int>] {
    let reached = frames.lowerBound..<frames.upperBound + 1
    func share(_ index: Int) -> Double {
      Double(ranges[index].clamped(to: reached).count) / Double(ranges[index].count)
    }
    guard let first = words.indices.first(where: { share($0) > Self.least }),
      let last = words.indices.last(where: { share($0) > Self.least })
    else { return [] }
    var spans: [Range<Int>] = []
    for start in first...(share(first) < Self.most ? first + 1 : first) {
      for end in (share(last) < Self.most ? last - 1 : last)...last where start <= end {
        spans.append(start..<end + 1)
      }
    }
    return spans
  }

  /// The frames in which words were decoded.
  func frames(of span: Range<Int>) -> Range<Int> {
    ranges[span.lowerBound].lowerBound..<ranges[span.upperBound - 1].upperBound
  }

  /// The tokens of words.
  func tokens(of span: Range<Int>) -> Range<Int> {
    words[span.lowerBound].tokens.lowerBound..<words[span.upperBound - 1].tokens.upperBound
  }

  /// The frames over which words compete with a term.
  ///
  /// They begin with the words, or where the term does if nothing was decoded there, and end with
  /// what was decoded next, or where both have died away.
  func frames(of span: Range<Int>, _ term: Range<Int>, within all: Range<Int>) -> Range<Int> {
    let range = tokens(of: span)
    let first = tokens[range.lowerBound].frame
    let before = range.lowerBound > 0 ? tokens[range.lowerBound - 1] : nil
    let free = before.map { $0.frame + max($0.duration, 1) } ?? all.lowerBound
    let start = max(min(first, term.lowerBound - 1), min(free, first))
    let next = range.upperBound < tokens.count ? tokens[range.upperBound].frame : all.upperBound
    let faded = max(words[span.upperBound - 1].endFrame, term.upperBound) + Self.echo
    return start..<max(start + 1, min(max(next, start + 1), faded, all.upperBound))
  }
}
