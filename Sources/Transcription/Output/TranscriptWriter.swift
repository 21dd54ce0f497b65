/// Puts transcripts where the user wants them, each as soon as it is there.
package struct TranscriptWriter {
  /// Runs a body that must not be cut short, lest half a file stays behind.
  package typealias Uninterrupted = (_ body: () -> Void) -> Void

  private let format: OutputFormat
  private let template: OutputTemplate?
  private let several: Bool
  private let uninterrupted: Uninterrupted
  private var written = 0

  /// Writes to files named by a template, or to standard output without one.
  ///
  /// - Parameters:
  ///   - format: What transcripts are written as.
  ///   - template: The paths of files.
  ///   - several: Whether standard output takes more than one transcript.
  ///   - uninterrupted: Replaces a file, in a program that a signal may end.
  package init(
    format: OutputFormat, template: OutputTemplate?, several: Bool,
    uninterrupted: @escaping Uninterrupted = { $0() }
  ) {
    self.format = format
    self.template = template
    self.several = several
    self.uninterrupted = uninterrupted
  }

  /// Writes one transcript.
  package mutating func write(_ document: TranscriptDocument) throws(TranscriptionError) {
    let text = try format.render(document)
    if let template {
      let path = template.path(for: document.file, format: format)
      try OutputFile.replace(path, with: text, uninterrupted)
    } else if several && format == .json {
      try OutputFile.print((written == 0 ? "[\n" : ",\n") + text.dropLast())
    } else {
      try OutputFile.print(several ? "\(document.file)\t\(text)" : text)
    }
    written += 1
  }

  /// Ends what several transcripts share.
  package func finish() throws(TranscriptionError) {
    guard template == nil, several, format == .json else { return }
    try OutputFile.print(written == 0 ? "[]\n" : "\n]\n")
  }
}
