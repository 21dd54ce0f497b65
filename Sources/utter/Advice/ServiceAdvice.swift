import ArgumentParser
import Service
import System

/// What the daemon says may come with a way out; others are known by the kind of error.
extension ServiceError: AdvisedError {
  var advice: String? { hint ?? kindAdvice }

  private var kindAdvice: String? {
    switch code {
    case .method: "see `utter help protocol`"
    case .notRecording: "utter record start begins"
    case .history: "utter history list shows what there is"
    case .foreign: ClientError.foreign
    case .limit: "utter history shows what was heard; see dictation.max_length and silence_stop"
    default: nil
    }
  }

  var exitCode: ExitCode {
    switch code {
    case .parameters: .usage
    case .input, .history: .noInput
    default: .unavailable
    }
  }
}

extension ClientError: AdvisedError {
  var advice: String? {
    switch self {
    case .notRunning(let error) where error.isForbidden: Self.foreign
    case .impostor: Self.foreign
    case .notRunning(let error): error.advice ?? Self.start
    case .closed: Self.start
    case .refused(let error): error.advice
    case .foreign: "see what listens there, or name another socket in UTTER_SOCKET"
    }
  }

  fileprivate static let foreign =
    "run it as the user whose daemon it is, or name your own socket in UTTER_SOCKET"
  private static let start = "systemctl --user start utter.socket, or utter serve"

  var exitCode: ExitCode {
    switch self {
    case .refused(let error): error.exitCode
    case .notRunning, .closed: .notRunning
    case .foreign, .impostor: .unavailable
    }
  }
}

extension SocketError: AdvisedError {
  var advice: String? {
    switch reason {
    case .noPlace: "log in through systemd, or name a path in UTTER_SOCKET"
    case .badLength: "name a shorter one in UTTER_SOCKET"
    case .isRunning: "see `utter status`; `systemctl --user stop utter` ends it"
    case .foreignFolder: "remove it, and start the daemon again"
    case .unsafe(let reason): FolderFault(path: path, reason).advice
    case .occupied: "remove it, or move it away"
    case .wrongCount: "utter.socket has one ListenStream="
    case .notListening: "utter.socket has a path after ListenStream="
    case .system: nil
    }
  }

  var exitCode: ExitCode { .unavailable }
}
