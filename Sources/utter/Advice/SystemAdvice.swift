import ArgumentParser
import System

extension Errno: AdvisedError {
  var advice: String? { nil }

  var exitCode: ExitCode { .unavailable }
}

extension FolderFault: AdvisedError {
  var advice: String? {
    switch reason {
    case .foreign: "run utter as that user, or move it away"
    case .writable:
      "see that all of it is yours, then: chmod \(isFolder ? "700" : "600") \(path)"
    case .readable: "chmod 700 \(path)"
    }
  }

  private var isFolder: Bool { (try? FileStatus(of: path))?.kind == .directory }

  var exitCode: ExitCode { .unavailable }
}

extension UserFolders.UnknownHome: AdvisedError {
  var advice: String? { "set HOME to a folder of yours" }

  var exitCode: ExitCode { .unavailable }
}
