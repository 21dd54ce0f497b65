internal import Dictation
internal import Recognition

/// What a dictation tells while it runs.
public enum DictationEvent: Codable, Equatable, Sendable {
  /// The speaker began, or began again after a pause.
  case speechStarted
  /// Text that will not change any more: all of it so far.
  case settled(text: String)
  /// What the text looks like now: `settled` will stay, `pending` may change. Together they are the
  /// text, with the space between them in `pending`.
  case partial(settled: String, pending: String)
  /// The dictation is over.
  case final(transcript: Transcript)
}

extension DictationEvent {
  init(_ event: Dictation.DictationEvent, by model: Recognition.SpeechModel) {
    switch event {
    case .speechStarted: self = .speechStarted
    case .settled(let text): self = .settled(text: text)
    case .partial(let settled, let pending): self = .partial(settled: settled, pending: pending)
    case .final(let transcript, _, let statistics):
      self = .final(
        transcript: Transcript(transcript, by: model, duration: statistics.audioSeconds))
    }
  }
}
