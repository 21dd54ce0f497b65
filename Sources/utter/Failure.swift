import ArgumentParser
import Foundation

/// An error as the user reads it: what went wrong, the way out, and the exit code.
struct Failure: Error {
  /// `<what>: <why>`, one line.
  let message: String
  /// The way out, where one is known.
  let hint: String?
  /// Exit code of the process.
  let code: ExitCode

  init(_ message: String, hint: String? = nil, code: ExitCode) {
    self.message = message
    self.hint = hint
    self.code = code
  }
}

extension Failure {
  /// Any error of the rooms below, or of the system.
  ///
  /// - Parameters:
  ///   - error: The error.
  ///   - file: The recording that it is about, where the error does not say so.
  init(any error: any Error, file: String? = nil) {
    let what = file.map { "\($0): " } ?? ""
    switch error {
    case let failure as Failure: self = failure
    case let error as any AdvisedError:
      self.init(what + error.message, hint: error.advice, code: error.exitCode)
    default: self.init(what + error.localizedDescription, code: .unavailable)
    }
  }
}

extension ExitCode {
  /// Some inputs failed.
  static let someFailed = ExitCode(1)
  /// The command line does not make sense.
  static let usage = ExitCode(2)
  /// The daemon is not running.
  static let notRunning = ExitCode(3)
  /// The input was read and is not what it should be (`EX_DATAERR`).
  static let badData = ExitCode(65)
  /// The input cannot be read (`EX_NOINPUT`).
  static let noInput = ExitCode(66)
  /// A device, a service or a destination is unavailable (`EX_UNAVAILABLE`).
  static let unavailable = ExitCode(69)
  /// The user pressed Ctrl-C.
  static let interrupted = ExitCode(130)
}

/// Prints `utter: <what>: <why>` and the hint to stderr.
func report(_ failure: Failure) {
  tell(failure.message, hint: failure.hint)
}

/// Runs a command's body; what goes wrong is printed and becomes the exit code, but a command line
/// that makes no sense is the parser's to tell.
func reportingFailure<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let code as ExitCode {
    throw code
  } catch let mistake as ValidationError {
    throw mistake
  } catch {
    let failure = Failure(any: error)
    report(failure)
    throw failure.code
  }
}
