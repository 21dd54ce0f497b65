/// What a transcript is written as.
package enum OutputFormat: String, CaseIterable, Sendable {
  case text, json, srt, vtt

  /// What `{format}` in an output template becomes.
  package var fileExtension: String { self == .text ? "txt" : rawValue }

  /// Whether several transcripts need a file each.
  package var needsFiles: Bool { self == .srt || self == .vtt }

  /// One transcript as a whole file, newline at the end.
  func render(_ document: TranscriptDocument) throws(TranscriptionError) -> String {
    switch self {
    case .text: document.text + "\n"
    case .json: try document.jsonLine() + "\n"
    case .srt: Subtitles.srt(Cue.cues(of: document))
    case .vtt: Subtitles.vtt(Cue.cues(of: document))
    }
  }
}
