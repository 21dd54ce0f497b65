import ArgumentParser
import Audio

extension AudioError: AdvisedError {
  var message: String { "\(name == "-" ? "standard input" : name): \(reason)" }

  var advice: String? { hint }

  var exitCode: ExitCode {
    switch self {
    case .noInput: .noInput
    case .badData: .badData
    case .noDevice, .deviceBusy, .unusableDevice: .unavailable
    }
  }
}
