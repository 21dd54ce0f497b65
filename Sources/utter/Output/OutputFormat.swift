import ArgumentParser

/// What a transcript is written as.
package enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, srt, vtt

  /// What `{format}` in an output template becomes.
  package var fileExtension: String { self == .text ? "txt" : rawValue }

  /// One transcript as a whole file, newline at the end.
  func render(_ document: TranscriptDocument) throws -> String {
    switch self {
    case .text: document.text + "\n"
    case .json: try document.jsonLine() + "\n"
    case .srt: Subtitles.srt(Cue.cues(of: document.wordsBySegment))
    case .vtt: Subtitles.vtt(Cue.cues(of: document.wordsBySegment))
    }
  }
}
