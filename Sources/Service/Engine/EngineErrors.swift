internal import Audio
internal import Checkpoint
internal import Recognition

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

  /// A configuration that cannot be used.
  init(_ error: ConfigurationError) {
    self.init(code: Code.failed, message: error.description, hint: error.hint)
  }
}
