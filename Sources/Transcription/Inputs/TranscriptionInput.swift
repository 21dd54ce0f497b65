/// A recording to transcribe, or a part of one.
package struct TranscriptionInput: Equatable, Sendable {
  /// Where it lies, as `FilePath` spells it; "-" is standard input.
  package var path: String
  /// Which part of it.
  package var part = RecordingPart()
  /// The line of the manifest that names it, as JSON.
  package var manifestLine: String?

  /// A whole recording.
  package init(_ path: String) { self.path = path }

  /// A recording that a manifest names.
  ///
  /// - Parameters:
  ///   - path: Where it lies.
  ///   - part: Which part of it.
  ///   - line: The manifest's line, where it is JSON.
  package init(_ path: String, part: RecordingPart, line: String?) {
    (self.path, self.part, manifestLine) = (path, part, line)
  }
}
