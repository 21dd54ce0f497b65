package import Formatting

/// What a client asks of the daemon.
package enum Request: Equatable, Sendable {
  /// The client's first words: the version of the protocol that it speaks.
  case hello(version: Int)
  /// A key went down.
  case startRecording(RecordingRequest)
  /// The key is up; `began` as in `RecordingRequest`.
  case stopRecording(began: ProcessBegin? = nil)
  /// The key of a toggle was pressed: starts, or stops.
  case toggleRecording(RecordingRequest)
  /// Forget what is being said; `began` as in `RecordingRequest`.
  case cancelRecording(began: ProcessBegin? = nil)
  /// How the daemon is.
  case status
  /// Which notifications to send from now on, instead of those asked for before.
  case subscribe(Set<Topic>)
  /// Transcribe a recording: a path, or nil for the descriptor that came with the request.
  case transcribe(path: String?)
  /// The newest entries of the history, the newest first: at most so many, and only dictations that
  /// came after one; nil for all.
  case listHistory(limit: Int?, after: String? = nil)
  /// Transcribe again what was said: an entry's id, or nil for the newest with audio.
  case retryHistory(id: String?)
  /// Load the model now.
  case loadModel
  /// Give the model's memory back.
  case unloadModel
  /// Read the configuration again.
  case reload
}

extension Request {
  /// Whether the answer may have a length that nobody can foresee.
  var mayHaveLongAnswer: Bool {
    if case .listHistory = self { true } else { false }
  }
}

/// How a dictation is to be done.
package struct RecordingRequest: Equatable, Sendable {
  /// The directory that the client works in.
  package var directory: String?
  /// Terms that this dictation is to know, as lines of a list.
  package var vocabulary: [String] = []
  /// The kind of program that is dictated into; nil for any.
  package var profile: FormattingProfile?
  /// What the window is called that is dictated into, which decides where there is no profile.
  package var window: [String] = []
  /// When the program began that asks, where it was started for this alone;
  /// nil for a toggle.
  package var began: ProcessBegin?
  /// Whether the client watches the key, and stays connected while it is held: where it leaves, the
  /// key counts as up.
  package var isAttached = false

  /// Names that a window may have.
  package static let mostNames = 8
  /// Bytes that a name of a window may have.
  package static let longestName = 256

  /// A dictation with nothing special.
  package init(
    directory: String? = nil, vocabulary: [String] = [], profile: FormattingProfile? = nil,
    window: [String] = [], began: ProcessBegin? = nil, isAttached: Bool = false
  ) {
    self.directory = directory
    self.vocabulary = vocabulary
    self.profile = profile
    self.window = window
    self.began = began
    self.isAttached = isAttached
  }
}
