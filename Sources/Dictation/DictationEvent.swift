package import Formatting
package import Recognition

/// What a dictation tells while it runs, in this order but for repetition.
package enum DictationEvent: Equatable, Sendable {
  /// The speaker began, or began again after a pause.
  case speechStarted
  /// Text that will not change any more: all of it so far.
  case settled(String)
  /// What the text looks like now: `settled` will stay, `pending` may change. Together they are
  /// the text, with the space between them in `pending`.
  case partial(settled: String, pending: String)
  /// The dictation is over: what the model wrote, and what is to be written.
  case final(Transcript, FormattedText, DictationStatistics)

  /// Whether none follows.
  package var isFinal: Bool {
    if case .final = self { true } else { false }
  }
}

/// What a dictation took.
package struct DictationStatistics: Equatable, Sendable {
  /// Seconds of audio from the first sample to the end of the tail.
  package var audioSeconds = 0.0
  /// Seconds that went through the recogniser, context and partials included.
  package var decodedSeconds = 0.0
  /// Seconds of speech that were not settled when the key was released.
  package var pendingSeconds = 0.0

  /// Nothing taken yet.
  package init() {}
}
