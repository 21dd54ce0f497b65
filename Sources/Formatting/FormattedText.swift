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
  }

  /// All of it.
  package var text = ""
  /// Its words in order; what hangs together is one.
  package var words: [Word] = []
  /// The terms of the vocabulary that were written, in order.
  package var terms: [String] = []
}
