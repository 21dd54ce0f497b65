package import Recognition

/// A word as a model wrote it, and when it was spoken.
package struct SpokenWord: Sendable, Equatable {
  /// Its spelling, with the punctuation that hangs on it.
  package var text: String
  /// The white space before it.
  package var separator: String
  /// Where it starts, in seconds.
  package var start: Double
  /// Where it ends, in seconds.
  package var end: Double
  /// How sure the model was, 0 … 1.
  package var confidence: Float
  /// What the audio made of it; nil for the word as it is.
  var judged: JudgedWord?

  /// A word with all its parts.
  package init(
    _ text: String, separator: String = " ", start: Double, end: Double, confidence: Float = 1
  ) {
    (self.text, self.separator) = (text, separator)
    (self.start, self.end, self.confidence) = (start, end, confidence)
  }
}

extension SpokenWord {
  /// The words of a transcript: put together they are its text to the byte.
  ///
  /// A transcript's own words are not always those of its text: a model may write a piece with or
  /// without a space. Then a word of the text has the times of those that its letters come from.
  ///
  /// - Parameters:
  ///   - transcript: What was heard.
  ///   - judged: Terms that the audio says in place of its words.
  /// - Returns: Words.
  package static func words(
    of transcript: Transcript, judged: [JudgedTerm] = []
  ) -> [SpokenWord] {
    let texts = split(transcript.text)
    guard texts.count != transcript.words.count else {
      var words = zip(texts, transcript.words).map { text, word in
        SpokenWord(
          text.word, separator: text.separator, start: word.start, end: word.end,
          confidence: word.confidence)
      }
      JudgedWord.mark(&words, judged, places: transcript.words.map(\.tokens))
      return words
    }
    var ends: [Int] = []
    for word in transcript.words { ends.append((ends.last ?? 0) + letters(word.text)) }
    var (first, position) = (0, 0)
    var places: [Range<Int>] = []
    var words = texts.map { text in
      while first < ends.count - 1, ends[first] <= position { first += 1 }
      position += letters(text.word)
      var last = first
      while last < ends.count - 1, ends[last] < position { last += 1 }
      guard first < ends.count else {
        places.append(0..<0)
        return SpokenWord(text.word, separator: text.separator, start: 0, end: 0)
      }
      let words = transcript.words[first...last]
      places.append(words[first].tokens.lowerBound..<words[last].tokens.upperBound)
      return SpokenWord(
        text.word, separator: text.separator, start: words[first].start, end: words[last].end,
        confidence: words.map(\.confidence).min() ?? 1)
    }
    JudgedWord.mark(&words, judged, places: places)
    return words
  }

  private static func split(_ text: String) -> [(separator: String, word: String)] {
    var words: [(separator: String, word: String)] = []
    var rest = text[...]
    while !rest.isEmpty {
      let separator = rest.prefix { $0.isWhitespace }
      rest = rest[separator.endIndex...]
      let word = rest.prefix { !$0.isWhitespace }
      rest = rest[word.endIndex...]
      if !word.isEmpty { words.append((String(separator), String(word))) }
    }
    return words
  }

  /// Bytes of a text that are no white space.
  private static func letters(_ text: String) -> Int {
    text.reduce(into: 0) { if !$1.isWhitespace { $0 += $1.utf8.count } }
  }
}
