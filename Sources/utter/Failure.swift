import ArgumentParser
import Audio
import Checkpoint
import Desktop
import Foundation
import Recognition
import Service

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
  /// A checkpoint's error with the exit code that its kind calls for.
  init(_ error: CheckpointError) {
    let code: ExitCode =
      switch error {
      case .unreadable, .modelNotFound: .noInput
      case .malformed, .unsupported, .missingTensor, .wrongShape: .badData
      case .unwritable: .unavailable
      case .alreadyExists, .invalidName: .usage
      case .cancelled: .interrupted
      }
    self.init(error.description, hint: error.hint, code: code)
  }

  /// The configuration's error with the exit code that its kind calls for.
  init(_ error: ConfigurationError) {
    let code: ExitCode =
      switch error {
      case .unknown(ConfigurationError.commandLine, _, _),
        .badValue(ConfigurationError.commandLine, _, _, _):
        .usage
      case .unreadable: .noInput
      case .malformed, .unknown, .badValue, .uneditable: .badData
      case .unwritable: .unavailable
      }
    self.init(error.description, hint: error.hint, code: code)
  }

  /// A recording's error with the exit code that its kind calls for.
  init(_ error: AudioError) {
    let name = error.name == "-" ? "standard input" : error.name
    let code =
      switch error {
      case .noInput: ExitCode.noInput
      case .badData: ExitCode.badData
      case .noDevice, .deviceBusy, .unusableDevice: ExitCode.unavailable
      }
    self.init("\(name): \(error.reason)", hint: error.hint, code: code)
  }

  /// The engine's error, with the recording's name where it is about one.
  init(_ error: RecognitionError, file: String? = nil) {
    let message = file.map { "\($0): \(error)" } ?? "\(error)"
    switch error {
    case .checkpoint(let error): self.init(error)
    case .tokenizer, .vocabulary, .noDecoder:
      self.init(message, hint: error.hint, code: .badData)
    case .memory, .resources:
      self.init(message, hint: error.hint, code: .unavailable)
    }
  }

  /// What went wrong in the daemon, with the exit code that its kind calls for.
  init(_ complaint: Complaint) {
    let code: ExitCode =
      switch complaint.code {
      case Complaint.Code.parameters: .usage
      case Complaint.Code.input, Complaint.Code.history: .noInput
      default: .unavailable
      }
    self.init(complaint.message, hint: complaint.hint, code: code)
  }

  /// The daemon's word, or its silence.
  init(_ error: ClientError) {
    switch error {
    case .refused(let complaint): self.init(complaint)
    case .notRunning, .closed:
      self.init(error.description, hint: error.hint, code: .notRunning)
    case .foreign: self.init(error.description, hint: error.hint, code: .unavailable)
    }
  }

  /// The desktop's error with the exit code that its kind calls for.
  init(_ error: DesktopError) {
    let code: ExitCode =
      switch error {
      case .badChord, .unknownKey: .usage
      case .untypable: .badData
      case .noSession, .noTool, .toolFailed, .notPasted, .noAccess, .unusableDevice: .unavailable
      }
    self.init(error.description, hint: error.hint, code: code)
  }

  /// Any error of the rooms below, or of the system.
  init(any error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as CheckpointError: self.init(error)
    case let error as RecognitionError: self.init(error)
    case let error as AudioError: self.init(error)
    case let error as Complaint: self.init(error)
    case let error as ClientError: self.init(error)
    case let error as ConfigurationError: self.init(error)
    case let error as SocketError:
      self.init(error.description, hint: error.hint, code: .unavailable)
    case let error as DesktopError: self.init(error)
    default: self.init(error.localizedDescription, code: .unavailable)
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
  printToStandardError("utter: \(failure.message)\n")
  if let hint = failure.hint { printToStandardError("hint: \(hint)\n") }
}

/// Writes text as it is, without a newline.
func printToStandardError(_ text: String) {
  // Nothing can be done where stderr itself is closed.
  try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
}

/// Runs a command's body; what goes wrong is printed and becomes the exit code.
func reportingFailure<Result>(_ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let code as ExitCode {
    throw code
  } catch {
    let failure = Failure(any: error)
    report(failure)
    throw failure.code
  }
}
