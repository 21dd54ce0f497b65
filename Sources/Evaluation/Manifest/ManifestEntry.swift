/// A recording, or a part of one, and what is said in it.
package struct ManifestEntry: Equatable, Sendable {
  /// The number of its line, from 1.
  package let line: Int
  /// Path of the recording.
  package let recording: String
  /// Where the part begins, in seconds.
  package let offset: Double
  /// How long the part is, in seconds; nil for all that follows.
  package let duration: Double?
  /// What is said; empty where nobody speaks.
  package let text: String
  /// Lines of a vocabulary list for this recording alone.
  package let vocabulary: [String]
  /// Other fields that are texts or numbers, such as who speaks.
  package let fields: [String: String]
  /// The line, where it is JSON.
  package let object: String?

  /// The language that its line names, such as "en".
  package var language: String? { fields["lang"] ?? fields["language"] }

  /// Bytes of a text; 10,000 words with their transcript take 100 MB to align.
  package static let longestText = 60_000

  /// A recording, or a part of one.
  package init(
    line: Int, recording: String, offset: Double = 0, duration: Double? = nil, text: String,
    vocabulary: [String], fields: [String: String] = [:], object: String? = nil
  ) {
    self.line = line
    self.recording = recording
    self.offset = offset
    self.duration = duration
    self.text = text
    self.vocabulary = vocabulary
    self.fields = fields
    self.object = object
  }
}
