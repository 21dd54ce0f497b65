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
    case .truncated(let file, let seconds):
      let seconds = (seconds * 10).rounded() / 10
      printToStandardError(
        "utter: \(file): ends \(seconds) s before its header says; the rest was transcribed\n")
    case .failed(let error): report(Failure(any: error))
    }
  }
}
