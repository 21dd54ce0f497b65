/// A recording, what is said in it, and what each configuration heard.
package struct ComparedRecording: Sendable {
  /// Its place among all that were to be heard.
  package let number: Int
  /// Path of the recording, and the part of it, for people.
  package let name: String
  /// Its length in seconds.
  package let seconds: Double
  /// What is said in it, and by whom.
  package let entry: ManifestEntry
  /// The terms that were listed for it.
  package let terms: TermSet
  /// By configuration.
  package let heard: [HeardText]

  /// A recording with all its parts.
  package init(
    number: Int, name: String, seconds: Double, entry: ManifestEntry, terms: TermSet,
    heard: [HeardText]
  ) {
    (self.number, self.name, self.seconds) = (number, name, seconds)
    (self.entry, self.terms, self.heard) = (entry, terms, heard)
  }
}

/// What a configuration heard, and what that took.
package struct HeardText: Equatable, Sendable {
  /// The text.
  package let text: String
  /// Seconds of computing.
  package let seconds: Double
  /// Joules of the processor; nil where it does not tell.
  package let joules: Double?
  /// Bytes of memory at the most until then.
  package let peakBytes: Int?

  /// What was heard.
  package init(text: String, seconds: Double, joules: Double? = nil, peakBytes: Int? = nil) {
    (self.text, self.seconds) = (text, seconds)
    (self.joules, self.peakBytes) = (joules, peakBytes)
  }
}
