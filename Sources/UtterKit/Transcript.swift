internal import Formatting
internal import Recognition
internal import Transcription

/// What was said, and when.
public struct Transcript: Codable, Equatable, Sendable {
  /// All of it.
  public var text: String
  /// The words, with the punctuation that hangs on them.
  public var words: [Word]
  /// Sentences, or stretches between long silences.
  public var segments: [Segment]
  /// Seconds of audio that were heard.
  public var duration: Double
  /// What somebody must know who relies on it, such as that the recording ends before its header
  /// says; empty where all of it was heard as it was recorded.
  public var warnings: [String]

  /// A word with the punctuation that hangs on it.
  public struct Word: Codable, Equatable, Sendable {
    /// Its spelling.
    public var text: String
    /// Where it starts, in seconds.
    public var start: Double
    /// Where it ends, in seconds.
    public var end: Double
    /// How sure the model was, 0 … 1.
    public var confidence: Float
  }

  /// A sentence, or a stretch between long silences.
  public struct Segment: Codable, Equatable, Sendable {
    /// Its words, with single spaces between them.
    public var text: String
    /// Where it starts, in seconds.
    public var start: Double
    /// Where it ends, in seconds.
    public var end: Double
  }
}

extension Transcript {
  init(_ document: TranscriptDocument) {
    text = document.text
    words = document.words.map {
      Word(text: $0.word, start: $0.start, end: $0.end, confidence: $0.confidence)
    }
    segments = document.segments.map { Segment(text: $0.text, start: $0.start, end: $0.end) }
    duration = document.duration
    warnings = document.warnings ?? []
  }

  init(
    _ transcript: Recognition.Transcript, by model: Recognition.SpeechModel, duration: Double
  ) {
    self.init(
      TranscriptDocument(
        file: "", model: "", precision: model.precision, duration: duration,
        transcript: transcript, text: FormattedText(transcript), tokenizer: model.tokenizer,
        timing: .init(load: 0, features: 0, encoder: 0, decoder: 0, formatting: 0, total: 0)))
  }
}
