package import Recognition

/// A text as it is to be written.
package struct FormattedText: Sendable, Equatable {
  /// A word of the text, and the audio that it was heard in.
  package struct Word: Sendable, Equatable {
    /// Its spelling, with the punctuation that hangs on it.
    package var text: String
    /// Where it starts, in seconds.
    package var start: Double
    /// Where it ends, in seconds.
    package var end: Double
    /// The lowest confidence of what it was made of.
    package var confidence: Float
    /// The words that were said for it, as indices into what was heard.
    package var heard: Range<Int>

    /// A word with all its parts.
    package init(
      text: String, start: Double, end: Double, confidence: Float, heard: Range<Int>
    ) {
      (self.text, self.start, self.end) = (text, start, end)
      (self.confidence, self.heard) = (confidence, heard)
    }
  }

  /// All of it.
  package var text = ""
  /// Its words in order; what hangs together is one.
  package var words: [Word] = []
  /// The terms of the vocabulary that were written, in order.
  package var terms: [String] = []
  /// Whether it is what the model wrote, to the byte.
  package var isAsHeard = false

  /// Nothing.
  package init() {}
}

extension FormattedText {
  /// What the model wrote.
  package init(_ transcript: Transcript) {
    text = transcript.text
    words = transcript.words.enumerated().map { index, word in
      Word(
        text: word.text, start: word.start, end: word.end, confidence: word.confidence,
        heard: index..<index + 1)
    }
    isAsHeard = true
  }
}
