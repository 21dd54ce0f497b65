/// Puts transcripts where the user wants them, each as soon as it is there.
struct TranscriptWriter {
  private let format: OutputFormat
  private let template: OutputTemplate?
  /// Whether standard output takes more than one transcript.
  private let several: Bool
  private var written = 0

  /// Writes to files named by a template, or to standard output without one.
  init(format: OutputFormat, template: OutputTemplate?, several: Bool) {
    self.format = format
    self.template = template
    self.several = several
  }

  /// Writes one transcript.
  mutating func write(_ document: TranscriptDocument) throws {
    let text = try format.render(document)
    if let template {
      let path = template.path(for: document.file, format: format)
      try OutputFile.replace(path, with: text)
    } else if several && format == .json {
      try OutputFile.print((written == 0 ? "[\n" : ",\n") + text.dropLast())
    } else {
      try OutputFile.print(several ? "\(document.file)\t\(text)" : text)
    }
    written += 1
  }

  /// Ends what several transcripts share.
  func finish() throws {
    guard template == nil, several, format == .json else { return }
    try OutputFile.print(written == 0 ? "[]\n" : "\n]\n")
  }
}
