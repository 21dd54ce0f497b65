/// A recording, what is said in it, and how each configuration's text differs.
package struct RecordingReport: Encodable, Equatable, Sendable {
  /// Its place among all that were to be heard.
  package let number: Int
  /// Path of the recording, and the part of it.
  package let recording: String
  /// Its length.
  package let seconds: Double
  /// What is said.
  package let reference: String
  /// Words of it, as they are compared.
  package let words: Int
  /// By configuration.
  package let heard: [Heard]

  /// The most errors of any configuration.
  package var errors: Int { heard.map(\.errors).max() ?? 0 }

  /// What a configuration made of it.
  package struct Heard: Encodable, Equatable, Sendable {
    package let configuration: String
    package let text: String
    /// Words that are wrong, left out or put in.
    package let errors: Int
    /// Seconds of computing.
    package let seconds: Double
    /// Both texts as they are compared, stretch by stretch.
    package let differences: [WordDifference]
  }

  init(_ scores: RecordingScores, _ configurations: [String]) {
    let recording = scores.recording
    number = recording.number
    (self.recording, seconds) = (recording.name, recording.seconds)
    (reference, words) = (recording.entry.text, scores.reference.count)
    heard = configurations.enumerated().map { index, name in
      Heard(
        configuration: name, text: recording.heard[index].text,
        errors: scores.counts[index].edits, seconds: recording.heard[index].seconds,
        differences: scores.differences(index))
    }
  }
}
