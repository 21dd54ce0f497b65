/// Segments as tables: a row each, with its times and its text.
enum SegmentTable {
  /// Values with commas between them (RFC 4180), times in seconds.
  static func csv(_ document: TranscriptDocument) -> TextPieces {
    let rows = document.segments.lazy.map { "\($0.start),\($0.end),\(quoted($0.marked))\r\n" }
    return TextPieces(joining: TextPieces("start,end,text\r\n"), TextPieces(rows))
  }

  /// Values with tabs between them, times in milliseconds, as Whisper writes them.
  static func tsv(_ document: TranscriptDocument) -> TextPieces {
    let rows = document.segments.lazy.map {
      "\(milliseconds($0.start))\t\(milliseconds($0.end))\t\(oneLine($0.marked))\n"
    }
    return TextPieces(joining: TextPieces("start\tend\ttext\n"), TextPieces(rows))
  }

  private static func quoted(_ text: String) -> String {
    "\"\(text.replacing("\"", with: "\"\""))\""
  }

  private static func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
