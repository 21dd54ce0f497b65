/// Words and segments as tiers that Praat shows below a recording's sound, two for each channel
/// that is heard by itself.
enum TextGrid {
  /// A file in Praat's long text format.
  static func text(of document: TranscriptDocument) -> TextPieces {
    let end = max(document.duration, 0.001)
    var channels = Set(document.segments.map(\.channel)).sorted { ($0 ?? 0) < ($1 ?? 0) }
    if channels.isEmpty { channels = [nil] }
    let tiers = channels.enumerated().lazy.flatMap { index, channel in
      let segments = document.segments.lazy.filter { $0.channel == channel }
      let words = document.words.lazy.filter { $0.channel == channel }
      let name = channel.map { " \($0)" } ?? ""
      return [
        tier(
          2 * index + 1, "segments" + name, segments.map { ($0.start, $0.end, $0.text) },
          until: end),
        tier(
          2 * index + 2, "words" + name, words.map { ($0.start, $0.end, $0.word) }, until: end),
      ]
    }
    let head = """
      File type = "ooTextFile"
      Object class = "TextGrid"

      xmin = 0
      xmax = \(end)
      tiers? <exists>
      size = \(2 * channels.count)
      item []:

      """
    return TextPieces(joining: TextPieces(head), TextPieces(tiers.joined()))
  }

  private typealias Interval = (start: Double, end: Double, text: String)

  /// A tier, and its number.
  private static func tier(
    _ number: Int, _ name: String, _ spoken: [Interval], until end: Double
  ) -> TextPieces {
    let intervals = intervals(spoken, until: end)
    let head = """
          item [\(number)]:
              class = "IntervalTier"
              name = "\(name)"
              xmin = 0
              xmax = \(end)
              intervals: size = \(intervals.count)

      """
    return TextPieces(
      joining: TextPieces(head), TextPieces(intervals.enumerated().lazy.map(text)))
  }

  /// Intervals without holes: those between words are empty.
  private static func intervals(_ spoken: [Interval], until end: Double) -> [Interval] {
    var intervals: [Interval] = []
    var time = 0.0
    for (index, part) in spoken.enumerated() {
      let next = index + 1 < spoken.count ? spoken[index + 1].start : end
      let start = max(part.start, time)
      // Nothing outlasts the recording, or lies over what follows.
      let stop = threePlaces(min(part.end, end, max(next, start + 0.001)))
      guard stop > start else {
        // Too short to be shown: said with the one before.
        if !intervals.isEmpty { intervals[intervals.count - 1].text += " " + part.text }
        continue
      }
      if start > time { intervals.append((time, start, "")) }
      intervals.append((start, stop, part.text))
      time = stop
    }
    if time < end { intervals.append((time, end, "")) }
    return intervals
  }

  private static func text(_ number: Int, _ interval: Interval) -> String {
    """
            intervals [\(number + 1)]:
                xmin = \(interval.start)
                xmax = \(interval.end)
                text = "\(interval.text.replacing("\"", with: "\"\""))"

    """
  }
}
