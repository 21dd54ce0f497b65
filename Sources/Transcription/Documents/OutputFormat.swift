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

  /// The file that one transcript becomes.
  ///
  /// - Parameters:
  ///   - document: The transcript.
  ///   - highlightsWords: Whether subtitles show which word is being said.
  /// - Returns: The file's text, a newline at the end.
  package func text(
    of document: TranscriptDocument, highlightsWords: Bool = false
  ) -> TextPieces {
    switch self {
    case .text: TextPieces(joining: TextPieces(document.text), TextPieces("\n"))
    case .json: TextPieces(joining: document.json, TextPieces("\n"))
    case .jsonl: ManifestLine.line(of: document)
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
