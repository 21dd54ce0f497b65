import ArgumentParser
import Service
import TOML

extension ConfigurationError: AdvisedError {
  var advice: String? {
    switch self {
    case .noHome(let error): error.advice
    case .untrusted(let fault): fault.advice
    case .unreadable(let path, _):
      "repair or remove \(path), or name another file in UTTER_CONFIG"
    case .malformed(_, let error):
      error.key.map { "correct that line, or have `utter config set \($0) VALUE` write it anew" }
        ?? "correct that line"
    case .unknown(_, _, let nearest?): "did you mean \(nearest)?"
    case .unknown: "`utter config show` lists all settings"
    case .badValue, .unwritable: nil
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .unknown(.commandLine, _, _), .badValue(.commandLine, _, _, _): .usage
    case .unreadable: .noInput
    case .malformed, .unknown, .badValue: .badData
    case .unwritable, .noHome, .untrusted: .unavailable
    }
  }
}
