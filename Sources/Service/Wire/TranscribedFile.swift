/// The answer to `transcribe`.
package struct TranscribedFile: Equatable, Codable, Sendable {
  /// All of it.
  package var text: String
  /// Its words in order.
  package var words: [FinalText.Word]
  /// Milliseconds of audio.
  package var audioMs: Double
  /// The model that wrote it.
  package var model: String

  /// A transcript.
  package init(text: String, words: [FinalText.Word], audioMs: Double, model: String) {
    self.text = text
    self.words = words
    self.audioMs = audioMs
    self.model = model
  }
}
