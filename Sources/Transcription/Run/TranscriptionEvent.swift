/// What happens while recordings are transcribed, for those who wait.
///
/// A number tells which recording of the run it is, from 1; several are open at a time.
package enum TranscriptionEvent: Equatable, Sendable {
  /// These are the recordings of the run that are heard, before anything else.
  case chosen(numbers: [Int])
  /// A recording was opened; its length in seconds, where it tells it.
  case opened(number: Int, file: String, duration: Double?)
  /// So many seconds of an open recording are recognised.
  case advanced(number: Int, seconds: Double)
  /// The whole of an open recording was heard, and nothing more will be said of its progress.
  case heard(number: Int)
  /// A recording was transcribed, and not all of it was heard as it was recorded: what is to be
  /// known, as a sentence that follows its name.
  case warned(file: String, reason: String)
  /// A transcript was written.
  case finished(FinishedRecording)
  /// A recording was done by an earlier run.
  case skipped(number: Int, file: String)
  /// A recording was done by an earlier run and is done again.
  case repeated(file: String, reason: String)
  /// A recording failed.
  case failed(number: Int, file: String, TranscriptionError)
}

/// A recording whose transcript was written.
package struct FinishedRecording: Equatable, Sendable {
  /// Which one of the run it is, from 1.
  package let number: Int
  /// Where the recording lies, as `FilePath` spells it.
  package let file: String
  /// Where the part begins that was heard, in seconds; nil for all of it.
  package let offset: Double?
  /// The files that were written; none where the transcript went to standard output.
  package let outputs: [String]
  /// Seconds of audio that were heard.
  package let duration: Double
  /// Seconds that it took.
  package let seconds: Double
}
