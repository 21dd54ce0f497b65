package import Formatting

/// A word as programs get it: in documents, and from the daemon.
package struct TimedWord: Codable, Equatable, Sendable {
  /// Its spelling, with the punctuation that hangs on it.
  package var word: String
  /// Seconds from the first sample, three places.
  package var start: Double
  /// Seconds from the first sample, three places.
  package var end: Double
  /// How sure the model was, 0 … 1.
  package var confidence: Float
  /// The channel in which it was said, from 1, where each is heard by itself.
  package var channel: Int?

  /// Creates a word from all its parts.
  package init(word: String, start: Double, end: Double, confidence: Float) {
    self.word = word
    self.start = start
    self.end = end
    self.confidence = confidence
  }

  /// The same word, said in a channel.
  func inChannel(_ channel: Int) -> TimedWord {
    var word = self
    word.channel = channel
    return word
  }

  /// A word of a text.
  package init(_ word: FormattedText.Word) {
    self.init(
      word: word.text, start: threePlaces(word.start), end: threePlaces(word.end),
      confidence: word.confidence.isFinite ? word.confidence : 0)
  }
}
