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
  /// - Parameter document: The transcript.
  /// - Returns: The file's text.
  /// - Throws: `TranscriptionError.unwritable` where there is no JSON for it.
  package func render(_ document: TranscriptDocument) throws(TranscriptionError) -> String {
    switch self {
    case .text: document.text + "\n"
    case .json: try document.jsonLine() + "\n"
    case .jsonl: try ManifestLine.line(of: document) + "\n"
    case .srt: Subtitles.srt(Cue.cues(of: document))
    case .vtt: Subtitles.vtt(Cue.cues(of: document))
    case .csv: SegmentTable.csv(document)
    case .tsv: SegmentTable.tsv(document)
    case .md: MarkdownDocument.text(of: document)
    case .ctm: TimeMarkedWords.lines(of: document)
    case .textgrid: TextGrid.text(of: document)
    }
  }
}
