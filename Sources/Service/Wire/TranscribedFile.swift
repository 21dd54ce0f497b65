package import Transcription

/// The answer to `transcribe`: what clients get of a document.
package struct TranscribedFile: Equatable, Codable, Sendable {
  /// All of it.
  package var text: String
  /// Its words in order.
  package var words: [TimedWord]
  /// Milliseconds of audio.
  package var audioMs: Double
  /// The model that wrote it.
  package var model: String
  /// What somebody must know who relies on it; nil where there is nothing to tell.
  package var warnings: [String]?

  /// Takes from a document what clients get.
  package init(_ document: TranscriptDocument) {
    text = document.text
    words = document.words
    audioMs = document.duration * 1000
    model = document.model
    warnings = document.warnings
  }
}
