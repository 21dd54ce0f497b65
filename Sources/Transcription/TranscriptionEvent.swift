package import Audio

/// What happens while recordings are transcribed, for those who wait.
package enum TranscriptionEvent: Equatable, Sendable {
  /// A recording was opened; its length in seconds, where it tells it.
  case opened(file: String, duration: Double?)
  /// So many seconds of the open recording are recognised.
  case advanced(seconds: Double)
  /// The whole of the open recording was heard, and nothing more will be said of its progress.
  case heard
  /// A recording was transcribed, and not all of it was heard as it was recorded.
  case warned(file: String, RecordingWarning)
  /// A recording failed.
  case failed(TranscriptionError)
}
