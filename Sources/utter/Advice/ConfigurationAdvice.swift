import ArgumentParser
import Service

extension ConfigurationError: AdvisedError {
  var advice: String? { hint }

  var exitCode: ExitCode {
    switch self {
    case .unknown(ConfigurationError.commandLine, _, _),
      .badValue(ConfigurationError.commandLine, _, _, _):
      .usage
    case .unreadable: .noInput
    case .malformed, .unknown, .badValue, .uneditable: .badData
    case .unwritable: .unavailable
    }
  }
}
