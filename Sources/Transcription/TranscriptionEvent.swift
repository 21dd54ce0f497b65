/// What happens while recordings are transcribed, for those who wait.
package enum TranscriptionEvent: Equatable, Sendable {
  /// A recording was opened; its length in seconds, where it tells it.
  case opened(file: String, duration: Double?)
  /// So many seconds of the open recording are recognised.
  case advanced(seconds: Double)
  /// The whole of the open recording was heard, and nothing more will be said of its progress.
  case heard
  /// A recording ended so many seconds earlier than it says; the rest was transcribed.
  case truncated(file: String, seconds: Double)
  /// A recording failed.
  case failed(TranscriptionError)
}
