internal import System

/// A transcript to read: the recording's name, and a paragraph for each segment with its time.
enum MarkdownDocument {
  static func text(of document: TranscriptDocument) -> TextPieces {
    let name = PathSpelling.shown(FilePath(document.file).name.spelling)
    let paragraphs = document.segments.lazy.map { segment in
      "\n`\(Subtitles.clock(Int(segment.start)))` \(escaped(segment.marked))\n"
    }
    return TextPieces(joining: TextPieces("# \(escaped(name))\n"), TextPieces(paragraphs))
  }

  /// Text in which nothing is markup.
  private static func escaped(_ text: String) -> String {
    let line = text.oneLine
    return line.reduce(into: "") { escaped, character in
      if "\\`*_[]<>#|~&!".contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
  }
}
