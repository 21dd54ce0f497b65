import ArgumentParser
import Transcription

extension TranscriptionError: AdvisedError {
  var message: String {
    switch self {
    case .audio(let error): error.message
    case .unknownField(let field):
      "--output does not know \(field); use {folder}, {name}, {stem}, {number} or {format}"
    case .sharedPath(let path, let first, let second):
      "--output gives \(first) and \(second) the same path \(path); "
        + "use {stem}, {name}, {folder} or {number}"
    case .overwritesRecording(let path): "--output would overwrite the recording \(path)"
    default: description
    }
  }

  var advice: String? {
    switch self {
    case .audio(let error): error.advice
    case .recognition(_, let error): error.advice
    case .refused(_, let advice): advice
    case .noRecordings: "name a folder with recordings, or the recordings"
    case .unreadable: "ask its owner for permission to read it"
    case .noSuchPart: "check \"offset\" in the manifest"
    case .isFolder(let path): "name a file, such as --output '\(path)/{stem}.{format}'"
    case .noFolder: "--mkdir makes it"
    case .closedFolder: "check that you may write there and that there is room; or name another"
    case .longName: "names have 255 bytes at most; use less of the recording's in --output"
    case .journal: "it notes what is done for --resume; check that nobody else writes it"
    case .unwritable(nil, _): "check that it is open and has room"
    case .unwritable: "check that you may write there and that there is room"
    case .unknownField, .sharedPath, .overwritesRecording, .cancelled, .readerLeft: nil
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .audio(let error): error.exitCode
    case .recognition(_, let error): error.exitCode
    case .noRecordings, .unreadable, .refused: .noInput
    case .noSuchPart: .badData
    case .unknownField, .sharedPath, .overwritesRecording: .usage
    case .isFolder, .noFolder, .closedFolder, .longName, .unwritable, .journal, .cancelled:
      .unavailable
    case .readerLeft: .someFailed
    }
  }
}
