import ArgumentParser
import Transcription

extension TranscriptionError: AdvisedError {
  var message: String {
    switch self {
    case .audio(let error): error.message
    case .unknownField(let field):
      "--output does not know \(field); use {folder}, {name}, {stem} or {format}"
    case .sharedPath(let path, let first, let second):
      "--output gives \(first) and \(second) the same path \(path); "
        + "use {stem}, {name} or {folder}"
    case .overwritesRecording(let path): "--output would overwrite the recording \(path)"
    default: description
    }
  }

  var advice: String? {
    switch self {
    case .audio(let error): error.advice
    case .recognition(_, let error): error.advice
    case .isFolder(let path): "name a file, such as --output '\(path)/{stem}.{format}'"
    case .unwritable(nil, _): "check that it is open and has room"
    case .unwritable: "check that the directory exists and has room"
    case .unknownField, .sharedPath, .overwritesRecording, .cancelled, .readerLeft: nil
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .audio(let error): error.exitCode
    case .recognition(_, let error): error.exitCode
    case .unknownField, .sharedPath, .overwritesRecording: .usage
    case .isFolder, .unwritable, .cancelled: .unavailable
    case .readerLeft: .someFailed
    }
  }
}
