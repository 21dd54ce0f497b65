internal import System

/// Words with their times, a line each, as NIST's scoring tools read them (CTM).
///
/// A line is the recording's name, a channel, start and length in seconds of the recording, the
/// word and how sure the model was.
enum TimeMarkedWords {
  static func lines(of document: TranscriptDocument) -> TextPieces {
    let recording = joined(FilePath(document.file == "-" ? "stdin" : document.file).stem.spelling)
    let lines = document.words.lazy.map { word in
      let start = threePlaces(word.start + (document.offset ?? 0))
      let length = threePlaces(max(0, word.end - word.start))
      let channel = word.channel ?? 1
      return "\(recording) \(channel) \(start) \(length) \(joined(word.word)) \(word.confidence)\n"
    }
    return TextPieces(lines)
  }

  /// A name or a word as one field, and no comment, which begins with two semicolons.
  private static func joined(_ text: String) -> String {
    let field = text.split(whereSeparator: \.isWhitespace).joined(separator: "_")
    return field.hasPrefix(";;") ? "_" + field : field
  }
}
