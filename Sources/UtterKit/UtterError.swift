internal import Audio
internal import Transcription

/// Why something could not be done.
public struct UtterError: Error, Equatable, CustomStringConvertible {
  /// `<what>: <why>` on one line.
  public let description: String

  init(_ error: any Error) {
    let error = (error as? AudioError).map(TranscriptionError.audio) ?? error
    description = "\(error)"
  }
}
