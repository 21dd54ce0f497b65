/// Cues as subtitle files.
package enum Subtitles {
  /// SubRip: numbered cues, times with a comma.
  package static func srt(_ cues: [Cue]) -> TextPieces {
    TextPieces(
      cues.enumerated().lazy.map { index, cue in
        "\(index > 0 ? "\n" : "")\(index + 1)\n\(times(of: cue, separator: ","))\n"
          + text(of: cue) { $0 } + "\n"
      })
  }

  /// WebVTT: a header, times with a point, markup characters escaped.
  package static func vtt(_ cues: [Cue]) -> TextPieces {
    TextPieces(
      joining: TextPieces("WEBVTT\n"),
      TextPieces(
        cues.lazy.map { cue in
          "\n\(times(of: cue, separator: "."))\n"
            + text(of: cue, escaped) + "\n"
        }))
  }

  /// The lines of a cue, the word that is being said underlined.
  private static func text(of cue: Cue, _ escaped: (String) -> String) -> String {
    cue.lines.enumerated().map { number, line in
      guard let spoken = cue.spoken, spoken.line == number else { return escaped(line) }
      let word = line.dropFirst(spoken.characters.lowerBound).prefix(spoken.characters.count)
      return escaped(String(line[..<word.startIndex])) + "<u>\(escaped(String(word)))</u>"
        + escaped(String(line[word.endIndex...]))
    }.joined(separator: "\n")
  }

  private static func times(of cue: Cue, separator: String) -> String {
    "\(time(cue.start, separator)) --> \(time(cue.end, separator))"
  }

  private static func time(_ seconds: Double, _ separator: String) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    return clock(whole) + separator + padded(rest, 3)
  }

  /// Seconds as hours, minutes and seconds, two digits each.
  static func clock(_ seconds: Int) -> String {
    [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func escaped(_ line: String) -> String {
    line.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
