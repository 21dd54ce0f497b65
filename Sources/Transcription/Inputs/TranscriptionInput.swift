/// A recording to transcribe, or a part of one.
package struct TranscriptionInput: Equatable, Sendable {
  /// Where it lies, as `FilePath` spells it; "-" is standard input.
  package var path: String
  /// Where the part begins, in seconds.
  package var offset = 0.0
  /// How long the part is, in seconds; nil for all that follows.
  package var duration: Double?
  /// The line of the manifest that names it, as JSON.
  package var manifestLine: String?

  /// A whole recording.
  package init(_ path: String) { self.path = path }

  /// A recording that a manifest names.
  ///
  /// - Parameters:
  ///   - path: Where it lies.
  ///   - offset: Where the part begins, in seconds.
  ///   - duration: How long the part is, in seconds; nil for all that follows.
  ///   - line: The manifest's line, where it is JSON.
  package init(_ path: String, offset: Double, duration: Double?, line: String?) {
    (self.path, self.offset, self.duration) = (path, offset, duration)
    manifestLine = line
  }
}
