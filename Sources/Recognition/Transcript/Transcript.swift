/// What was said, and when.
package struct Transcript: Sendable, Equatable {
  /// All of it.
  package var text: String
  /// The tokens it was decoded from.
  package var tokens: [Token]
  /// When each token was spoken, as far as the model knows.
  package var tokenTimes: [TokenTime]
  /// Words with the punctuation that hangs on them.
  package var words: [Word]
  /// Sentences, or stretches between long silences.
  package var segments: [Segment]
}

/// The stretch of audio that a token covers, in encoder frames.
package struct TokenTime: Sendable, Equatable {
  /// First frame.
  package var start: Int
  /// Frame after the last one; equal to `start` for punctuation that was moved.
  package var end: Int
}

/// A word with the punctuation that hangs on it.
package struct Word: Sendable, Equatable {
  /// Its spelling.
  package var text: String
  /// Where it starts, in seconds.
  package var start: Double
  /// Where it ends, in seconds.
  package var end: Double
  /// Where it starts, in encoder frames.
  package var startFrame: Int
  /// Where it ends, in encoder frames.
  package var endFrame: Int
  /// The lowest confidence of its tokens.
  package var confidence: Float
  /// Its tokens, as indices into the transcript's.
  package var tokens: Range<Int>
}

/// A sentence, or a stretch between long silences.
package struct Segment: Sendable, Equatable {
  /// Its words, with single spaces between them.
  package var text: String
  /// Where it starts, in seconds.
  package var start: Double
  /// Where it ends, in seconds.
  package var end: Double
  /// Where it starts, in encoder frames.
  package var startFrame: Int
  /// Where it ends, in encoder frames.
  package var endFrame: Int
  /// Its words, as indices into the transcript's.
  package var words: Range<Int>
}
