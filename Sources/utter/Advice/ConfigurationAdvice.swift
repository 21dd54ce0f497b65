import ArgumentParser
import Service

extension ConfigurationError: AdvisedError {
  var advice: String? { hint }

  var exitCode: ExitCode {
    switch self {
    case .unknown(.commandLine, _, _), .badValue(.commandLine, _, _, _): .usage
    case .unreadable: .noInput
    case .malformed, .unknown, .badValue: .badData
    case .unwritable: .unavailable
    }
  }
}
