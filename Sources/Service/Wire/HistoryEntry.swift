/// A dictation in the history: one JSON line of its file.
package struct HistoryEntry: Equatable, Codable, Sendable {
  /// How it ended.
  package enum Outcome: String, Codable, Sendable {
    /// As it should.
    case done
    /// The daemon died, and the next one transcribed what was said.
    case recovered
    /// It could not be transcribed; its audio is kept for `utter history retry`.
    case failed
  }

  /// The dictation's id, unique in the history.
  package var id: String
  /// When it began: RFC 3339, in UTC.
  package var time: String
  /// How it ended.
  package var outcome: Outcome
  /// What was said; empty where it failed.
  package var text: String
  /// What the model wrote, where that is not the text.
  package var raw: String?
  /// Milliseconds of audio.
  package var audioMs: Double
  /// The model that wrote it.
  package var model: String
  /// The directory that the client worked in.
  package var directory: String?
  /// The recording, where it is kept.
  package var audio: String?

  /// An entry.
  package init(
    id: String, time: String, outcome: Outcome, text: String, raw: String? = nil, audioMs: Double,
    model: String, directory: String?, audio: String?
  ) {
    self.id = id
    self.time = time
    self.outcome = outcome
    self.text = text
    self.raw = raw == text ? nil : raw
    self.audioMs = audioMs
    self.model = model
    self.directory = directory
    self.audio = audio
  }
}
