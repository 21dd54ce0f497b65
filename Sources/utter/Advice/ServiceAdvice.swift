import ArgumentParser
import Service

/// What the daemon says comes with the way out that it knows.
extension Complaint: AdvisedError {
  var advice: String? { hint }

  var exitCode: ExitCode {
    switch code {
    case Code.parameters: .usage
    case Code.input, Code.history: .noInput
    default: .unavailable
    }
  }
}

extension ClientError: AdvisedError {
  var advice: String? { hint }

  var exitCode: ExitCode {
    switch self {
    case .refused(let complaint): complaint.exitCode
    case .notRunning, .closed: .notRunning
    case .foreign: .unavailable
    }
  }
}

extension SocketError: AdvisedError {
  var advice: String? { hint }

  var exitCode: ExitCode { .unavailable }
}
