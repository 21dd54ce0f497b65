import ArgumentParser
import Vocabulary

extension ListProblem: AdvisedError {
  var advice: String? { remedy }

  /// A file that is not read at all has no line.
  var exitCode: ExitCode { line == 0 ? .noInput : .badData }
}

extension UserLists.Fault: AdvisedError {
  var advice: String? {
    switch self {
    case .name: "use letters, digits, '-', '_' and '.', not starting with '.' or '-'"
    case .list(let problem): problem.advice
    case .handmade: "choose another name with --list"
    case .unknown: "`utter vocabulary list` shows what there is"
    case .unwritable: nil
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .name, .handmade: .usage
    case .list(let problem): problem.exitCode
    case .unknown: .noInput
    case .unwritable: .unavailable
    }
  }
}
