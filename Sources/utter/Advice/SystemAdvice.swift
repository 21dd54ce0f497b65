import ArgumentParser
import System

extension Errno: AdvisedError {
  var advice: String? { nil }

  var exitCode: ExitCode { .unavailable }
}

extension UserFolders.UnknownHome: AdvisedError {
  var advice: String? { "set HOME to a folder of yours" }

  var exitCode: ExitCode { .unavailable }
}
