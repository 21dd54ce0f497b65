import ArgumentParser
import Desktop

extension DesktopError: AdvisedError {
  var advice: String? { hint }

  var exitCode: ExitCode {
    switch self {
    case .badChord, .unknownKey: .usage
    case .untypable: .badData
    case .noSession, .noTool, .toolFailed, .notPasted, .noAccess, .unusableDevice: .unavailable
    }
  }
}
