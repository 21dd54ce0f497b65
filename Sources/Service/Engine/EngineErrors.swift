internal import Audio
internal import Checkpoint
internal import Recognition
internal import Transcription

extension ServiceError {
  /// A device or recording that cannot be used.
  init(_ error: AudioError) {
    let code =
      switch error {
      case .noInput, .badData: Code.input
      case .noDevice, .deviceBusy, .unusableDevice: Code.microphone
      }
    self.init(code: code, message: "\(error.name): \(error.reason)", hint: error.hint)
  }

  /// A model that cannot be used.
  init(_ error: CheckpointError) {
    self.init(code: Code.model, message: error.description, hint: error.hint)
  }

  /// A model that cannot be used, or audio that it has no room for.
  init(_ error: RecognitionError) {
    self.init(code: Code.model, message: error.description, hint: error.hint)
  }

  /// A recording that cannot be transcribed.
  init(_ error: TranscriptionError) {
    switch error {
    case .audio(let error): self.init(error)
    case .recognition(_, let error): self.init(error)
    default: self.init(code: Code.failed, message: error.description)
    }
  }

  /// A configuration that cannot be used.
  init(_ error: ConfigurationError) {
    self.init(code: Code.failed, message: error.description, hint: error.hint)
  }
}
