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
  /// A template has something in braces that stands for nothing.
  case unknownField(String)
  /// A template gives two recordings one path.
  case sharedPath(String, first: String, second: String)
  /// A template gives a path at which a recording lies.
  case overwritesRecording(path: String)
  /// There is a folder where a transcript is to go.
  case isFolder(path: String)
  /// A transcript cannot be written to a file, or to standard output where the path is nil.
  case unwritable(path: String?, reason: String)
  /// Whoever wanted the transcript of a recording does not any more.
  case cancelled(file: String)
  /// Nobody reads standard output any more.
  case readerLeft
}

extension TranscriptionError: CustomStringConvertible {
  /// `<what>: <why>` on one line.
  package var description: String {
    switch self {
    case .audio(let error): "\(error.name): \(error.reason)"
    case .recognition(let file, let error): "\(file): \(error)"
    case .unknownField(let field): "\(field): stands for no part of a recording's path"
    case .sharedPath(let path, let first, let second):
      "\(path): the transcript of both \(first) and \(second)"
    case .overwritesRecording(let path): "\(path): is a recording"
    case .isFolder(let path): "\(path): is a directory"
    case .unwritable(let path, let reason):
      "\(path ?? "standard output"): cannot be written: \(reason)"
    case .cancelled(let file): "\(file): is not wanted any more"
    case .readerLeft: "standard output: nobody reads it"
    }
  }
}
