package import Transcription

/// The answer to `transcribe`: what clients get of a document.
package struct TranscribedFile: Equatable, Codable, Sendable {
  /// All of it.
  package var text: String
  /// What the model wrote.
  package var raw: String
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

  /// Takes from a document what clients get.
  package init(_ document: TranscriptDocument) {
    text = document.text
    raw = document.raw
    words = document.words
    terms = document.terms
    audioMs = document.duration * 1000
    model = document.model
    warnings = document.warnings
  }
}
