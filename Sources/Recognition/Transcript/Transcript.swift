/// What was said, and when.
public struct Transcript: Sendable, Equatable {
  /// All of it.
  public var text: String
  /// The tokens it was decoded from.
  public var tokens: [Token]
  /// When each token was spoken, as far as the model knows.
  public var tokenTimes: [TokenTime]
  /// Words with the punctuation that hangs on them.
  public var words: [Word]
  /// Sentences, or stretches between long silences.
  public var segments: [Segment]
}

/// The stretch of audio that a token covers, in encoder frames.
public struct TokenTime: Sendable, Equatable {
  /// First frame.
  public var start: Int
  /// Frame after the last one; equal to `start` for punctuation that was moved.
  public var end: Int
}

/// A word with the punctuation that hangs on it.
public struct Word: Sendable, Equatable {
  /// Its spelling.
  public var text: String
  /// Where it starts, in seconds.
  public var start: Double
  /// Where it ends, in seconds.
  public var end: Double
  /// Where it starts, in encoder frames.
  public var startFrame: Int
  /// Where it ends, in encoder frames.
  public var endFrame: Int
  /// The lowest confidence of its tokens.
  public var confidence: Float
  /// Its tokens, as indices into the transcript's.
  public var tokens: Range<Int>
}

/// A sentence, or a stretch between long silences.
public struct Segment: Sendable, Equatable {
  /// Its words, with single spaces between them.
  public var text: String
  /// Where it starts, in seconds.
  public var start: Double
  /// Where it ends, in seconds.
  public var end: Double
  /// Where it starts, in encoder frames.
  public var startFrame: Int
  /// Where it ends, in encoder frames.
  public var endFrame: Int
  /// Its words, as indices into the transcript's.
  public var words: Range<Int>
}
