import Dictation
import Recognition
import TestSupport
import Testing

/// What a recogniser's speed changes.
@Suite struct PaceTests {
  /// Lengths of the utterances that speech without a pause was cut into, in seconds.
  private static func lengths(_ dictating: Dictating) -> [Double] {
    let ends = dictating.session.utteranceEnds.dropLast()
    return zip(ends.dropFirst(), ends).map { Double($0 - $1) / 16_000 }
  }

  @Test func aSlowRecogniserLeavesLittle() throws {
    let recognizer = try Recognizer.starter()
    let samples = Signals.syllables(30)
    for (rtf, range) in [
      (0, 6.0...12), (0.004, 6.0...12), (0.008, 4.6...5.75), (0.15, 2.4...3.5),
      (.infinity, 2.4...3.5),
    ] {
      let dictating = try Dictating.whole(samples, recognizer, rtf: rtf)
      let lengths = Self.lengths(dictating)
      #expect(lengths.count >= 1 && lengths.allSatisfy(range.contains), "RTF \(rtf): \(lengths)")
      // A window holds 4 s and padding: the recogniser keeps up with the speaker.
      let decoded = try #require(dictating.statistics).decodedSeconds
      #expect(decoded < 2 * 30, "RTF \(rtf)")
    }
  }

  @Test func noKeyUpLeavesMore() throws {
    let recognizer = try Recognizer.starter()
    let samples = Signals.syllables(10)
    for length in stride(from: 16_000, through: 160_000, by: 24_000) {
      var dictating = Dictating(recognizer, rtf: 0.15)
      try dictating.feed(Array(samples.prefix(length)))
      let decoded = dictating.session.utteranceEnds.count
      try dictating.release()
      try dictating.feed(Array(samples.prefix(8_000)))
      // The tail is no utterance of its own.
      #expect(dictating.session.utteranceEnds.count == decoded + 1)
      #expect(try #require(dictating.statistics).pendingSeconds <= 3.5)
    }
  }

  /// A gap that is no pause yet: words stay as they are, and nothing is left.
  @Test func aGapSettles() throws {
    let recognizer = try Recognizer.starter()
    let samples = try Signals.digits("03", tight: true)
    let words = "seven zero nine four four seven"
    for (rtf, settles) in [(0, false), (0.15, true)] {
      var dictating = Dictating(recognizer, rtf: rtf)
      try dictating.feed(samples + Signals.silence(0.2))
      #expect((dictating.events.last == .settled(words)) == settles, "RTF \(rtf)")
      let instrument = Instrument()
      recognizer.instrument = instrument
      try dictating.release()
      #expect(dictating.text == words, "RTF \(rtf)")
      #expect((instrument.encoder == 0) == settles, "RTF \(rtf)")
    }
  }

  @Test func partialsLeaveRoom() throws {
    let recognizer = try Recognizer.starter()
    let partials = try [0, 0.15, 1].map { rtf in
      var dictating = Dictating(recognizer, partials: true, rtf: rtf)
      try dictating.feed(Signals.syllables(12))
      return dictating.events.count { if case .partial = $0 { true } else { false } }
    }
    #expect(partials[0] >= 20)
    #expect((3...6).contains(partials[1]) && partials[2] == 1)
  }

  @Test func speedIsMeasuredInPassing() throws {
    let recognizer = try Recognizer.starter()
    let (samples, half) = (try Signals.digits("13"), 20_000)
    let expected = try Dictating.whole(samples, recognizer)
    var dictating = Dictating(recognizer)
    try dictating.feed(Array(samples.prefix(half)))
    let rtf = try recognizer.measureRTF()
    #expect(rtf > 0 && rtf.isFinite)
    try dictating.feed(Array(samples.dropFirst(half)))
    try dictating.finish()
    #expect(dictating.transcript == expected.transcript)
  }

  @Test func nonsenseIsNoSpeed() throws {
    let recognizer = try Recognizer.starter()
    let samples = Signals.syllables(20)
    let expected = try Dictating.whole(samples, recognizer).session.utteranceEnds
    for rtf in [-1, .nan, 0.000_1] {
      let ends = try Dictating.whole(samples, recognizer, rtf: rtf).session.utteranceEnds
      #expect(ends == expected, "RTF \(rtf)")
    }
  }
}
