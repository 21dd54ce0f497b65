import TestSupport
import Testing
import Transcription

/// How long cues are shown, over words of any length and speed.
@Suite struct CueTimeTests {
  /// Words as they are said: one after the other, mostly without pauses.
  private static func words(_ numbers: inout Seeded, until end: Double) -> [[TimedWord]] {
    var segments: [[TimedWord]] = [[]]
    var time = Double(numbers.next() % 3)
    let step = 0.08
    while time < end {
      let length = Double(1 + numbers.next() % 8) * step
      let letters = [1, 2, 4, 7, 12, 20, 50][Int(numbers.next() % 64).trailingZeroBitCount % 7]
      let word = String(repeating: "x", count: letters)
      segments[segments.count - 1].append(
        TimedWord(word: word, start: time, end: min(time + length, end), confidence: 1))
      time += length
      switch numbers.next() % 20 {
      case 0: time += Double(numbers.next() % 40) * step
      case 1: segments.append([])
      case 2:
        segments.append([])
        time += Double(numbers.next() % 10) * step
      default: break
      }
    }
    return segments
  }

  @Test func everyCueCanBeRead() {
    var numbers = Seeded(3)
    for round in 0..<300 {
      let end = 0.5 + Double(numbers.next() % 400) / 10
      let segments = Self.words(&numbers, until: end)
      let cues = Cue.cues(of: segments, within: end)
      let words = segments.flatMap(\.self)
      let shown = cues.flatMap { $0.lines }.joined(separator: " ")
      #expect(shown == words.map(\.word).joined(separator: " "), "\(round)")
      var spoken = words[...]
      for (index, cue) in cues.enumerated() {
        let count = cue.lines.joined(separator: " ").split(separator: " ").count
        let own = spoken.prefix(count)
        spoken = spoken.dropFirst(count)
        let speech = (own.last?.end ?? 0) - (own.first?.start ?? 0)
        let length = cue.end - cue.start
        let name = "round \(round), cue \(index) of \(cues.count): \(cue)"
        #expect(cue.lines.count <= 2, "\(name)")
        #expect(count == 1 || cue.lines.allSatisfy { $0.count <= 42 }, "\(name)")
        #expect(cue.end <= end && cue.start < cue.end && length < 7.001, "\(name)")
        #expect(length > 0.299 || length >= speech - 0.001, "\(name)")
        let next = index + 1 < cues.count ? cues[index + 1].start : end
        #expect(cue.end <= next, "\(name)")
        let characters = Double(cue.lines.joined(separator: " ").count)
        #expect(
          characters / length < 20.01 || cue.end == next || length > 6.999,
          "\(name), next at \(next)")
      }
    }
  }

  @Test func noCueOutlastsTheRecording() {
    let words = [TimedWord(word: "oh", start: 1.6, end: 1.76, confidence: 1)]
    let cues = Cue.cues(of: [words], within: 1.7)
    #expect(cues.map(\.lines) == [["oh"]])
    #expect(cues.map(\.end) == [1.7])
    #expect(abs((cues.first?.start ?? 0) - 1.4) < 1e-9)
  }

  /// A word at the very end, as the last frame of a model may have it.
  @Test func whatBeginsAtTheEndIsShownBefore() {
    let long = (0..<14).map {
      TimedWord(
        word: "words", start: Double($0) * 0.3, end: Double($0 + 1) * 0.3, confidence: 1)
    }
    let last = TimedWord(word: "end", start: 4.2, end: 4.28, confidence: 1)
    let cues = Cue.cues(of: [long, [last]], within: 4.2)
    #expect(cues.allSatisfy { $0.end - $0.start > 0.25 && $0.end <= 4.2 })
    #expect(cues.last?.lines.last?.hasSuffix("end") == true)
  }

  @Test func aMomentIsNoCue() {
    let sentences = [("Yes.", 1.0, 1.1), ("No.", 1.1, 1.2), ("Well then.", 1.2, 2.4)]
    let segments = sentences.map {
      [TimedWord(word: $0.0, start: $0.1, end: $0.2, confidence: 1)]
    }
    #expect(Cue.cues(of: segments).map(\.lines) == [["Yes. No. Well then."]])
  }

  @Test func linesOfAWordAreOne() {
    let words = ["a", "\n\n", "b\nc"].enumerated().map {
      TimedWord(word: $1, start: Double($0) * 0.6, end: Double($0) * 0.6 + 0.5, confidence: 1)
    }
    #expect(Cue.cues(of: [words]).map(\.lines) == [["a b c"]])
  }
}
