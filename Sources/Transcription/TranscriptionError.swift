package import Audio
package import Recognition

/// Why a recording does not become a transcript, or the transcript not a file.
///
/// The description reads `<what>: <why>` on one line.
package enum TranscriptionError: Error, Sendable, Equatable {
  /// The recording cannot be read.
  case audio(AudioError)
  /// The recording cannot be recognised.
  case recognition(file: String, RecognitionError)
  /// There is no recording in a folder.
  case noRecordings(String)
  /// A folder, or a file in one, cannot be looked into.
  case unreadable(path: String, reason: String)
  /// A part of a recording begins where that has ended.
  case noSuchPart(file: String, offset: Double)
  /// A template has something in braces that stands for nothing.
  case unknownField(String)
  /// A template gives two recordings one path.
  case sharedPath(String, first: String, second: String)
  /// A template gives a path at which a recording lies.
  case overwritesRecording(path: String)
  /// There is a folder where a transcript is to go.
  case isFolder(path: String)
  /// The folder is not there into which a transcript is to go.
  case noFolder(path: String, folder: String)
  /// The folder into which a transcript is to go takes no files.
  case closedFolder(_ folder: String, path: String, reason: String)
  /// A transcript cannot have so long a name.
  case longName(path: String)
  /// A transcript cannot be written to a file, or to standard output where the path is nil.
  case unwritable(path: String?, reason: String)
  /// The process that was asked to hear a recording did not: what it says, and the way out.
  case refused(message: String, advice: String?)
  /// Whoever wanted the transcript of a recording does not any more.
  case cancelled(file: String)
  /// The journal of a run cannot be used.
  case journal(path: String, reason: String)
  /// Nobody reads standard output any more.
  case readerLeft
}

extension TranscriptionError: CustomStringConvertible {
  /// `<what>: <why>` on one line.
  package var description: String {
    switch self {
    case .audio(let error): "\(error.name): \(error.reason)"
    case .recognition(let file, let error): "\(file): \(error)"
    case .noRecordings(let folder): "\(folder): holds no recordings"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .noSuchPart(let file, let offset): "\(file): ends before \(offset) s"
    case .unknownField(let field): "\(field): stands for no part of a recording's path"
    case .sharedPath(let path, let first, let second):
      "\(path): the transcript of both \(first) and \(second)"
    case .overwritesRecording(let path): "\(path): is a recording"
    case .isFolder(let path): "\(path): is a directory"
    case .noFolder(let path, let folder): "\(path): cannot be written: no directory \(folder)"
    case .closedFolder(let folder, let path, let reason):
      "\(path): cannot be written: the directory \(folder) takes no files: \(reason)"
    case .longName(let path): "\(path): cannot be written: the name is too long"
    case .unwritable(let path, let reason):
      "\(path ?? "standard output"): cannot be written: \(reason)"
    case .refused(let message, _): message
    case .cancelled(let file): "\(file): is not wanted any more"
    case .journal(let path, let reason): "\(path): \(reason)"
    case .readerLeft: "standard output: nobody reads it"
    }
  }
}

extension TranscriptionError {
  /// Whether no other recording can be transcribed either.
  var endsRun: Bool {
    switch self {
    case .readerLeft, .journal: true
    default: false
    }
  }
}
