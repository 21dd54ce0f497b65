internal import Audio
internal import Foundation
internal import Models
internal import Recognition
internal import System
internal import Transcription

/// Knows the way out of an error of the rooms below, which may name commands and flags; nil where
/// there is none.
package typealias Advice = @Sendable (any Error) -> String?

extension ServiceError {
  /// What clients are told of an error, whichever room it comes from.
  ///
  /// - Parameters:
  ///   - error: The error.
  ///   - advice: Knows the way out.
  init(_ error: any Error, advice: Advice) {
    switch error {
    case let error as ServiceError: self = error
    case let error as AudioError: self.init(error)
    case let error as ModelError: self.init(code: .model, message: error.description)
    case let error as RecognitionError: self.init(code: .model, message: error.description)
    case TranscriptionError.audio(let cause): self.init(cause, advice: advice)
    case TranscriptionError.recognition(_, let cause): self.init(cause, advice: advice)
    case let error as TranscriptionError: self.init(code: .failed, message: error.description)
    case let error as ConfigurationError: self.init(code: .failed, message: error.description)
    case let error as FolderFault: self.init(code: .failed, message: error.description)
    case let error as UserFolders.UnknownHome:
      self.init(code: .failed, message: error.description)
    default: self.init(code: .failed, message: error.localizedDescription)
    }
    hint = hint ?? advice(error)
  }

  /// A device or a recording that cannot be used.
  private init(_ error: AudioError) {
    let code =
      switch error {
      case .noInput, .badData: Code.input
      case .device: Code.microphone
      }
    self.init(code: code, message: "\(error.name): \(error.reason)")
  }
}
