import ArgumentParser
import Service

/// What the daemon says comes with the way out that it knows.
extension ServiceError: AdvisedError {
  var advice: String? { hint }

  var exitCode: ExitCode {
    switch code {
    case .parameters: .usage
    case .input, .history: .noInput
    default: .unavailable
    }
  }
}

extension ClientError: AdvisedError {
  var advice: String? { hint }

  var exitCode: ExitCode {
    switch self {
    case .refused(let error): error.exitCode
    case .notRunning, .closed: .notRunning
    case .foreign: .unavailable
    }
  }
}

extension SocketError: AdvisedError {
  var advice: String? { hint }

  var exitCode: ExitCode { .unavailable }
}
