internal import Formatting
internal import System

/// A dictation that was heard to its end, and what becomes of it.
struct HeardDictation: Sendable {
  let recording: Recording
  /// Its text; nil where it could not be transcribed.
  var text: FinalText?
  /// Why it ended without a word of the user.
  let orphaning: KeyRelease.Cause?
  /// The name of the model that wrote it.
  let model: String
  /// How long it might have been.
  let limits: Configuration.Dictation

  /// Has a program of the user's change the text; where that fails, the text stays.
  ///
  /// - Throws: Why it stays.
  mutating func apply(_ filter: TextFilter) throws(TextFilterError) {
    guard var text, !text.text.isEmpty else { return }
    let start = ContinuousClock.now
    defer {
      text.latencyMs.formatting += start.duration(to: .now) / .milliseconds(1)
      text.latencyMs.release = recording.millisecondsSinceRelease
      self.text = text
    }
    text.text = try filter.filtered(text.text)
  }
}
