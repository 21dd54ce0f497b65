internal import System

/// Puts transcripts where the user wants them, each as soon as it is there.
package struct TranscriptWriter: Sendable {
  /// Runs a body that must not be cut short, lest half a file stays behind.
  package typealias Uninterrupted = @Sendable (_ body: () -> Void) -> Void

  /// What each transcript is written as.
  let formats: [OutputFormat]
  /// Whether standard output takes more than one transcript.
  let several: Bool
  /// Whether subtitles show which word is being said.
  package var highlightsWords = false
  private let template: OutputTemplate?
  private let uninterrupted: Uninterrupted

  /// Writes to files named by a template, or to standard output without one.
  ///
  /// - Parameters:
  ///   - formats: What each transcript is written as; only files take more than one.
  ///   - template: The paths of files.
  ///   - several: Whether standard output takes more than one transcript.
  ///   - uninterrupted: Replaces a file, in a program that a signal may end.
  package init(
    formats: [OutputFormat], template: OutputTemplate?, several: Bool,
    uninterrupted: @escaping Uninterrupted = { $0() }
  ) {
    self.formats = formats
    self.template = template
    self.several = several
    self.uninterrupted = uninterrupted
  }

  /// Whether transcripts become files.
  var writesFiles: Bool { template != nil }

  /// Where a transcript goes.
  ///
  /// - Parameters:
  ///   - input: The recording.
  ///   - number: Which one of a run it is, from 1.
  /// - Returns: The paths of its files; none for standard output.
  package func paths(for input: TranscriptionInput, number: Int) -> [String] {
    guard let template else { return [] }
    return formats.map { template.path(for: input.path, number: number, format: $0) }
  }

  /// Writes one transcript to its files.
  ///
  /// - Parameters:
  ///   - document: The transcript.
  ///   - paths: The files.
  /// - Throws: `TranscriptionError` about one of them.
  func write(
    _ document: TranscriptDocument, to paths: [String]
  ) throws(TranscriptionError) {
    for (format, path) in zip(formats, paths) {
      try OutputFile.replace(
        path, with: format.text(of: document, highlightsWords: highlightsWords), uninterrupted)
    }
  }
}
