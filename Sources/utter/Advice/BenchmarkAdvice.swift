import ArgumentParser
import Benchmark

extension BenchmarkError: AdvisedError {
  var advice: String? {
    switch self {
    case .unknownLayout(_, let known): "synthetic layouts are: \(known.joined(separator: ", "))"
    case .unwritable: "free some space, or set XDG_CACHE_HOME"
    case .noReport(let path): "write one with `utter bench --json > \(path)`"
    case .ended: "there may be too little memory for it"
    case .unreadable, .failed: nil
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .unknownLayout: .usage
    case .unreadable: .noInput
    case .noReport: .badData
    case .unwritable, .ended: .unavailable
    case .failed(_, let code): ExitCode(code)
    }
  }
}
