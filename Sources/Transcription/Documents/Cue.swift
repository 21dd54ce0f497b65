/// One subtitle: at most two lines of 42 characters, at most seven seconds.
package struct Cue: Equatable {
  /// Seconds.
  package var start: Double
  /// Seconds; after `start`.
  package var end: Double
  /// One or two lines.
  package var lines: [String]

  /// Creates a cue from all its parts.
  package init(start: Double, end: Double, lines: [String]) {
    self.start = start
    self.end = end
    self.lines = lines
  }

  private static let longestLine = 42
  private static let longestTime = 7.0
  /// What is shorter cannot be read; it stays until the next cue, if that allows.
  private static let shortestTime = 1.0
  /// A pause of this length ends a cue, so that nothing is read long before it is said.
  private static let pause = 1.5

  /// Splits a document into cues.
  package static func cues(of document: TranscriptDocument) -> [Cue] {
    cues(of: document.segments.map { Array(document.words[$0.words]) })
  }

  /// Splits the words of segments into cues; a cue never crosses the end of a segment.
  package static func cues(of segments: [[TimedWord]]) -> [Cue] {
    var cues: [Cue] = []
    for words in segments {
      var open: [TimedWord] = []
      for word in words {
        if !open.isEmpty && !fits(word, into: open) {
          cues.append(cue(of: open))
          open = []
        }
        open.append(word)
      }
      if !open.isEmpty { cues.append(cue(of: open)) }
    }
    for index in cues.indices {
      let next = index + 1 < cues.count ? cues[index + 1].start : .infinity
      let wanted = min(cues[index].start + shortestTime, max(next, cues[index].start + 0.001))
      cues[index].end = max(cues[index].end, wanted)
    }
    return cues
  }

  private static func fits(_ word: TimedWord, into open: [TimedWord]) -> Bool {
    guard let first = open.first, let last = open.last else { return true }
    return word.end - first.start <= longestTime && word.start - last.end < pause
      && lines(of: open + [word]).allSatisfy { $0.count <= longestLine }
  }

  private static func cue(of words: [TimedWord]) -> Cue {
    let end = words.last?.end ?? 0
    // Only a word that a model stretches over silence before it lasts longer.
    let start = max(words.first?.start ?? 0, end - longestTime)
    return Cue(start: start, end: end, lines: lines(of: words))
  }

  /// One line where that fits, else the two whose longer one is shortest.
  private static func lines(of words: [TimedWord]) -> [String] {
    var texts = words.map(\.word)
    // Who speaks stands before the first of them.
    if let channel = words.first?.channel { texts[0] = "[\(channel)] \(texts[0])" }
    let whole = texts.joined(separator: " ")
    guard whole.count > longestLine else { return [whole] }
    let halves = texts.indices.dropFirst().map { split in
      [texts[..<split], texts[split...]].map { $0.joined(separator: " ") }
    }
    let longest = { (lines: [String]) in lines.map(\.count).max() ?? 0 }
    return halves.min { longest($0) < longest($1) } ?? [whole]
  }
}
