import Audio
import Transcription

/// Tells the user on standard error what happens to recordings.
struct TranscriptionReport {
  private var line: ProgressLine?

  /// Shows how far a file is, that it ended early, or why it failed.
  mutating func show(_ event: TranscriptionEvent) {
    switch event {
    case .opened(let file, let duration): line = ProgressLine(name: file, duration: duration)
    case .advanced(let seconds): line?.update(seconds)
    case .heard: ProgressLine.clear()
    case .warned(let file, let warning):
      tell("\(shownName(ofRecording: file)): \(warning.reason)")
    case .failed(let error): report(Failure(any: error))
    }
  }
}
