/// One subtitle: at most two lines of 42 characters, at most seven seconds.
package struct Cue: Equatable {
  /// Seconds.
  package var start: Double
  /// Seconds; after `start`.
  package var end: Double
  /// One or two lines.
  package var lines: [String]
  /// The word in them that is being said, where that is shown.
  package var spoken: Spoken?

  /// A word in a cue.
  package struct Spoken: Equatable {
    /// Which line.
    var line: Int
    /// Which characters of it.
    var characters: Range<Int>
  }

  /// Creates a cue from all its parts.
  package init(start: Double, end: Double, lines: [String]) {
    self.start = start
    self.end = end
    self.lines = lines
  }

  private static let longestTime = 7.0
  private static let longestLine = 42
  /// What is shorter flashes by unread; it stays longer where the next cue and the end allow.
  private static let usualTime = 1.0
  /// What is shorter is not seen at all; only speech that is shorter itself may leave no more.
  private static let shortestTime = 0.3
  /// Characters that people read in a second.
  private static let readingSpeed = 20.0
  /// A pause of this length ends a cue, so that nothing is read long before it is said.
  private static let pause = 1.5

  /// Splits a document into cues.
  ///
  /// - Parameters:
  ///   - document: The document.
  ///   - highlightsWords: Whether each word is a cue, in which it is shown as being said.
  /// - Returns: Cues in the order of their times; those of one channel follow each other.
  package static func cues(
    of document: TranscriptDocument, highlightsWords: Bool = false
  ) -> [Cue] {
    cues(
      of: document.segments.lazy.map { Array(document.words[$0.words]) }, within: document.duration,
      highlightsWords: highlightsWords)
  }

  /// Splits the words of segments into cues.
  ///
  /// A cue ends with its segment, unless it could be seen for a moment only.
  ///
  /// - Parameters:
  ///   - segments: Words in the order of their times.
  ///   - duration: Seconds of the recording, which no cue outlasts.
  ///   - highlightsWords: Whether each word is a cue, in which it is shown as being said.
  /// - Returns: Cues in the order of their times; those of one channel follow each other.
  package static func cues(
    of segments: some Collection<[TimedWord]>, within duration: Double = .infinity,
    highlightsWords: Bool = false
  ) -> [Cue] {
    // Those who speak at the same time are read at the same time.
    let channels = Set(segments.compactMap(\.first?.channel)).sorted()
    let cues = ([nil] + channels).flatMap { channel in
      let own = segments.lazy.filter { $0.first?.channel == channel }
      let shown = sequence(of: own, within: duration)
      return highlightsWords ? shown.flatMap { $0.wordByWord(of: $1) } : shown.map(\.cue)
    }
    return channels.isEmpty ? cues : cues.sorted { $0.start < $1.start }
  }

  /// The cues of one channel, and the words in each.
  private static func sequence(
    of segments: some Sequence<[TimedWord]>, within duration: Double
  ) -> [(cue: Cue, words: [TimedWord])] {
    var groups = segments.flatMap(grouped)
    lengthen(&groups, within: duration)
    var cues = groups.map(cue)
    for index in cues.indices { place(&cues, index, groups, within: duration) }
    return Array(zip(cues, groups))
  }
}

// MARK: - Words

extension Cue {
  /// The words of a segment, as many at a time as fit.
  private static func grouped(_ words: [TimedWord]) -> [[TimedWord]] {
    var groups: [[TimedWord]] = []
    for word in words.flatMap(oneLine) {
      if let last = groups.last, fits(last + [word]) {
        groups[groups.count - 1].append(word)
      } else {
        groups.append([word])
      }
    }
    return groups
  }

  /// A word without line breaks, which would end the cue; none where nothing else is in it.
  private static func oneLine(_ word: TimedWord) -> [TimedWord] {
    var word = word
    word.word = word.word.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return word.word.isEmpty ? [] : [word]
  }

  private static func fits(_ words: [TimedWord]) -> Bool {
    guard words.count > 1 else { return true }
    return (words.map(\.end).max() ?? 0) - words[0].start <= longestTime
      && zip(words, words.dropFirst()).allSatisfy { $1.start - $0.end < pause }
      && lines(of: words).allSatisfy { $0.count <= longestLine }
  }

  /// Gives groups that would be shown for a moment only to their neighbours, or words of these to
  /// them.
  private static func lengthen(_ groups: inout [[TimedWord]], within duration: Double) {
    var index = 0
    while index < groups.count {
      let next = index + 1 < groups.count ? groups[index + 1].first?.start : nil
      let room = min(next ?? duration, duration) - (groups[index].first?.start ?? 0)
      if room >= shortestTime {
        index += 1
      } else if next != nil, fits(groups[index] + groups[index + 1]) {
        groups[index] += groups.remove(at: index + 1)
      } else if index > 0, fits(groups[index - 1] + groups[index]) {
        groups[index - 1] += groups.remove(at: index)
      } else if next != nil, groups[index + 1].count > 1,
        fits(groups[index] + groups[index + 1].prefix(1))
      {
        groups[index].append(groups[index + 1].removeFirst())
      } else if next == nil, let word = spare(of: index - 1, in: groups),
        fits([word] + groups[index])
      {
        groups[index].insert(groups[index - 1].removeLast(), at: 0)
      } else {
        index += 1
      }
    }
  }

  /// The last word of a group that is shown for long enough without it.
  private static func spare(of index: Int, in groups: [[TimedWord]]) -> TimedWord? {
    guard index >= 0, groups[index].count > 1, let word = groups[index].last,
      word.start - groups[index][0].start >= shortestTime
    else { return nil }
    return word
  }

  /// The words as they are shown: who speaks stands before the first of them.
  static func texts(of words: [TimedWord]) -> [String] {
    var texts = words.map(\.word)
    if let channel = words.first?.channel { texts[0] = "[\(channel)] \(texts[0])" }
    return texts
  }

  /// One line where that fits, else the two whose longer one is shortest.
  private static func lines(of words: [TimedWord]) -> [String] {
    let texts = texts(of: words)
    let whole = texts.joined(separator: " ")
    guard whole.count > longestLine else { return [whole] }
    let halves = texts.indices.dropFirst().map { split in
      [texts[..<split], texts[split...]].map { $0.joined(separator: " ") }
    }
    let longest = { (lines: [String]) in lines.map(\.count).max() ?? 0 }
    return halves.min { longest($0) < longest($1) } ?? [whole]
  }
}

// MARK: - Times

extension Cue {
  /// The cue of some words, shown while they are said.
  private static func cue(of words: [TimedWord]) -> Cue {
    let end = words.map(\.end).max() ?? 0
    // Only a word that a model stretches over silence before it lasts longer.
    let start = max(words.first?.start ?? 0, end - longestTime)
    return Cue(start: start, end: end, lines: lines(of: words))
  }

  /// Shows a cue for as long as it takes to read, between the one before and the one after it.
  private static func place(
    _ cues: inout [Cue], _ index: Int, _ groups: [[TimedWord]], within duration: Double
  ) {
    var cue = cues[index]
    let previous = index > 0 ? cues[index - 1] : nil
    cue.start = min(max(cue.start, previous?.start ?? 0), duration)
    let next = index + 1 < cues.count ? cues[index + 1].start : .infinity
    let limit = min(max(next, cue.start), duration)
    let length = Double(cue.lines.joined(separator: " ").unicodeScalars.count)
    let wanted = min(max(usualTime, length / readingSpeed), longestTime)
    cue.end = min(max(cue.end, cue.start + wanted), limit)
    if cue.end - cue.start < shortestTime {
      // A little before it is said, where nobody speaks then.
      let free = index > 0 ? groups[index - 1].last?.end ?? 0 : 0
      let readable = (previous?.start ?? 0) + (previous == nil ? 0 : shortestTime)
      cue.start = min(cue.start, max(cue.end - shortestTime, free, readable))
    }
    if let previous, previous.end > cue.start { cues[index - 1].end = cue.start }
    cues[index] = cue
  }
}
