/// Words and segments as tiers that Praat shows below a recording's sound, two for each channel
/// that is heard by itself.
enum TextGrid {
  /// A file in Praat's long text format.
  static func text(of document: TranscriptDocument) -> String {
    let end = max(document.duration, 0.001)
    let channels = Set(document.words.map(\.channel)).sorted { ($0 ?? 0) < ($1 ?? 0) }
    let tiers = (channels.isEmpty ? [nil] : channels).flatMap { channel in
      let segments = document.segments.filter { $0.channel == channel }
      let words = document.words.filter { $0.channel == channel }
      let number = channel.map { " \($0)" } ?? ""
      return [
        ("segments" + number, intervals(segments.map { ($0.start, $0.end, $0.text) }, until: end)),
        ("words" + number, intervals(words.map { ($0.start, $0.end, $0.word) }, until: end)),
      ]
    }
    let body = tiers.enumerated().map { number, tier in
      """
          item [\(number + 1)]:
              class = "IntervalTier"
              name = "\(tier.0)"
              xmin = 0
              xmax = \(end)
              intervals: size = \(tier.1.count)

      """ + tier.1.enumerated().map(text).joined()
    }
    return """
      File type = "ooTextFile"
      Object class = "TextGrid"

      xmin = 0
      xmax = \(end)
      tiers? <exists>
      size = \(tiers.count)
      item []:

      """ + body.joined()
  }

  private typealias Interval = (start: Double, end: Double, text: String)

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
