package import Formatting
package import Transcription

/// The text of a dictation, and how it came about.
package struct FinalText: Equatable, Codable, Sendable {
  /// Milliseconds that it took.
  package struct Latency: Equatable, Codable, Sendable {
    /// From key-up to this text.
    package var release: Double
    /// In the log-mel features, over the whole dictation, as for the stages below.
    package var features: Double
    /// In the encoder.
    package var encoder: Double
    /// In the decoder.
    package var decoder: Double
    /// In the formatter.
    package var formatting: Double

    /// Latencies in milliseconds.
    package init(
      release: Double, features: Double, encoder: Double, decoder: Double, formatting: Double
    ) {
      self.release = release
      self.features = features
      self.encoder = encoder
      self.decoder = decoder
      self.formatting = formatting
    }
  }

  /// The dictation's, as `record.start` gave it.
  package var id: String
  /// What is to be typed.
  package var text: String
  /// What the model wrote.
  package var raw: String
  /// Its words in order.
  package var words: [TimedWord]
  /// Milliseconds of audio.
  package var audioMs: Double
  /// What it took.
  package var latencyMs: Latency
  /// Terms of the vocabulary that were written.
  package var terms: [String]
  /// The kind of program that it was written for; nil for any.
  package var profile: FormattingProfile?

  /// A final text.
  package init(
    id: String, text: String, raw: String, words: [TimedWord], audioMs: Double, latencyMs: Latency,
    terms: [String], profile: FormattingProfile? = nil
  ) {
    self.id = id
    self.text = text
    self.raw = raw
    self.words = words
    self.audioMs = audioMs
    self.latencyMs = latencyMs
    self.terms = terms
    self.profile = profile
  }
}
