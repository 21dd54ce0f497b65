package import Transcription

/// The answer to `transcribe`: what clients get of a document.
package struct TranscribedFile: Equatable, Codable, Sendable {
  /// All of it.
  package var text: String
  /// What the model wrote.
  package var raw: String
  /// Sentences, or stretches between long silences.
  package var segments: [Segment]
  /// Its words in order.
  package var words: [TimedWord]
  /// Terms of the vocabulary that were written.
  package var terms: [String]
  /// Milliseconds of audio.
  package var audioMs: Double
  /// The model that wrote it.
  package var model: String
  /// What somebody must know who relies on it; nil where there is nothing to tell.
  package var warnings: [String]?

  /// A sentence, or a stretch between long silences.
  package struct Segment: Equatable, Codable, Sendable {
    /// Seconds from the first sample.
    package var start: Double
    /// Seconds from the first sample.
    package var end: Double
    /// Its words, with single spaces between them.
    package var text: String
    /// How many of the words are its; they follow those of the segment before.
    package var words: Int
  }

  /// Takes from a document what clients get.
  package init(_ document: TranscriptDocument) {
    text = document.text
    raw = document.raw
    segments = document.segments.map {
      Segment(start: $0.start, end: $0.end, text: $0.text, words: $0.words.count)
    }
    words = document.words
    terms = document.terms
    audioMs = document.duration * 1000
    model = document.model
    warnings = document.warnings
  }

  /// The document of a file, as far as the answer tells.
  ///
  /// - Parameter file: The recording as the user named it.
  /// - Returns: Its document, without tokens.
  package func document(of file: String) -> TranscriptDocument {
    var count = 0
    let segments = segments.map { segment in
      let first = count
      // Whatever an answer says, there are no words but those.
      count = min(words.count, first + max(0, min(segment.words, words.count)))
      return TranscriptDocument.Segment(
        start: segment.start, end: segment.end, text: segment.text, words: first..<count)
    }
    return TranscriptDocument(
      file: file, model: model, duration: audioMs / 1000, text: text, raw: raw,
      segments: segments, words: words, terms: terms, warnings: warnings)
  }
}
