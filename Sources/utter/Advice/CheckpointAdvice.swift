import ArgumentParser
import Checkpoint

extension CheckpointError: AdvisedError {
  var advice: String? { hint }

  var exitCode: ExitCode {
    switch self {
    case .unreadable, .modelNotFound: .noInput
    case .malformed, .unsupported, .missingTensor, .wrongShape: .badData
    case .unwritable: .unavailable
    case .alreadyExists, .invalidName: .usage
    case .cancelled: .interrupted
    }
  }
}
