extension Cue {
  /// The same as a cue for each word while that is said, and one for each pause.
  ///
  /// - Parameter words: The cue's words.
  /// - Returns: Cues that follow each other from its start to its end.
  func wordByWord(of words: [TimedWord]) -> [Cue] {
    var cues: [Cue] = []
    var time = threePlaces(start)
    func show(until end: Double, _ spoken: Spoken?) {
      // What lasts less than a millisecond is nothing in a file.
      guard end > time else { return }
      var cue = Cue(start: time, end: end, lines: lines)
      cue.spoken = spoken
      cues.append(cue)
      time = end
    }
    for (index, place) in places(of: words).enumerated() {
      let next = index + 1 < words.count ? words[index + 1].start : end
      show(until: threePlaces(min(words[index].start, end)), nil)
      show(until: threePlaces(min(words[index].end, max(next, time), end)), place)
    }
    show(until: threePlaces(end), nil)
    return cues
  }

  /// Where each word stands.
  private func places(of words: [TimedWord]) -> [Spoken] {
    let texts = Self.texts(of: words)
    var (line, offset) = (0, 0)
    return zip(words, texts).map { word, text in
      if line + 1 < lines.count, offset + text.count > lines[line].count {
        (line, offset) = (line + 1, 0)
      }
      defer { offset += text.count + 1 }
      let start = offset + text.count - word.word.count
      return Spoken(line: line, characters: start..<offset + text.count)
    }
  }
}
