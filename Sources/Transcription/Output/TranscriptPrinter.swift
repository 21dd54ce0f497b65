/// Prints transcripts on standard output.
struct TranscriptPrinter {
  private let format: OutputFormat
  private let several: Bool
  private let highlightsWords: Bool
  private var written = 0

  /// Prints what a writer does not write to files; nil where it writes them all.
  init?(_ writer: TranscriptWriter) {
    guard !writer.writesFiles, let format = writer.formats.first else { return nil }
    (self.format, several) = (format, writer.several)
    highlightsWords = writer.highlightsWords
  }

  /// Prints one transcript.
  mutating func print(_ document: TranscriptDocument) throws(TranscriptionError) {
    switch format {
    case .json where several:
      try OutputFile.print((written == 0 ? "[\n" : ",\n").utf8)
      try OutputFile.print(document.json)
    case .text where several:
      try OutputFile.print(
        ListedName(document.file).bytes + Array("\t\(document.text.oneLine)\n".utf8))
    default: try OutputFile.print(format.text(of: document, highlightsWords: highlightsWords))
    }
    written += 1
  }

  /// Ends what several transcripts share.
  func finish() throws(TranscriptionError) {
    guard several, format == .json else { return }
    try OutputFile.print((written == 0 ? "[]\n" : "\n]\n").utf8)
  }
}
