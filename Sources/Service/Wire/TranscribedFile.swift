/// The answer to `transcribe`.
public struct TranscribedFile: Equatable, Codable, Sendable {
  /// All of it.
  public var text: String
  /// Its words in order.
  public var words: [FinalText.Word]
  /// Milliseconds of audio.
  public var audioMs: Double
  /// The model that wrote it.
  public var model: String

  /// A transcript.
  public init(text: String, words: [FinalText.Word], audioMs: Double, model: String) {
    self.text = text
    self.words = words
    self.audioMs = audioMs
    self.model = model
  }
}
