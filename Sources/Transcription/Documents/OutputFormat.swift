/// What a transcript is written as.
package enum OutputFormat: String, CaseIterable, Sendable {
  case text, json, jsonl, srt, vtt, csv, tsv, md, ctm, textgrid

  /// What `{format}` in an output template becomes.
  package var fileExtension: String {
    switch self {
    case .text: "txt"
    case .textgrid: "TextGrid"
    default: rawValue
    }
  }

  /// Whether several transcripts need a file each.
  package var needsFiles: Bool {
    switch self {
    case .text, .json, .jsonl, .ctm: false
    case .srt, .vtt, .csv, .tsv, .md, .textgrid: true
    }
  }

  /// One transcript as a whole file, newline at the end.
  ///
  /// - Parameters:
  ///   - document: The transcript.
  ///   - highlightsWords: Whether subtitles show which word is being said.
  /// - Returns: The file's text.
  /// - Throws: `TranscriptionError.unwritable` where there is no JSON for it.
  package func render(
    _ document: TranscriptDocument, highlightsWords: Bool = false
  ) throws(TranscriptionError) -> String {
    switch self {
    case .text: document.text + "\n"
    case .json: try document.jsonLine() + "\n"
    case .jsonl: try ManifestLine.line(of: document) + "\n"
    case .srt: Subtitles.srt(Cue.cues(of: document, highlightsWords: highlightsWords))
    case .vtt: Subtitles.vtt(Cue.cues(of: document, highlightsWords: highlightsWords))
    case .csv: SegmentTable.csv(document)
    case .tsv: SegmentTable.tsv(document)
    case .md: MarkdownDocument.text(of: document)
    case .ctm: TimeMarkedWords.lines(of: document)
    case .textgrid: TextGrid.text(of: document)
    }
  }
}
