import Dictation
import Recognition
import TestSupport
import Testing

/// Whole dictations with the model that comes with the program.
@Suite struct SessionTests {
  @Test(arguments: EndpointerTests.silences.indices) func silenceIsNeverDecoded(
    _ index: Int
  ) throws {
    let (name, samples) = EndpointerTests.silences[index]
    let dictating = try Dictating.whole(samples, Recognizer.starter())
    #expect(dictating.events.count == 1 && dictating.text == "", "\(name)")
    #expect(dictating.statistics?.decodedSeconds == 0, "\(name)")
  }

  /// A dictation with partials that is released 100 ms before the recording ends.
  private static func released(
    _ samples: [Float], _ recognizer: Recognizer, rtf: Double, inPiecesOf size: Int
  ) throws -> [DictationEvent] {
    var dictating = Dictating(recognizer, partials: true, rtf: rtf)
    try dictating.feed(samples.dropLast(1_600), inPiecesOf: size)
    try dictating.release()
    try dictating.feed(samples.suffix(1_600), inPiecesOf: size)
    try dictating.finish()
    return dictating.events
  }

  @Test(arguments: [0, 0.15]) func piecesMakeNoDifference(_ rtf: Double) throws {
    let recognizer = try Recognizer.starter()
    let samples = try Signals.digitsWithPauses() + Signals.digits("13", tight: true)
    let whole = try Self.released(samples, recognizer, rtf: rtf, inPiecesOf: .max)
    #expect(whole.count > 12)
    for size in [1, 160, 4_097] {
      let pieces = try Self.released(samples, recognizer, rtf: rtf, inPiecesOf: size)
      #expect(pieces == whole, "pieces of \(size)")
    }
  }

  @Test func partialsAreExtendedAndChangeNothing() throws {
    let recognizer = try Recognizer.starter()
    let samples = try Signals.digitsWithPauses()
    var dictating = Dictating(recognizer, partials: true)
    try dictating.feed(samples)
    try dictating.finish()
    let without = try Dictating.whole(samples, recognizer)
    #expect(dictating.milestones.dropLast() == without.events.dropLast())
    #expect(dictating.transcript == without.transcript)
    var settledText = ""
    var partials = 0
    for event in dictating.events {
      if case .settled(let text) = event { settledText = text }
      guard case .partial(let settled, let pending) = event else { continue }
      partials += 1
      #expect(settled == settledText)
      #expect(settled.isEmpty || pending.isEmpty || pending.hasPrefix(" "))
    }
    #expect((5...samples.count / 8_000).contains(partials))
  }

  @Test func aPauseSettles() throws {
    var dictating = Dictating(try Recognizer.starter())
    try dictating.feed(Signals.digits("13") + Signals.silence(0.35))
    #expect(dictating.events.first == .speechStarted)
    #expect(dictating.events.last == .settled("eight five nine two"))
    try dictating.release()
    #expect(dictating.text == "eight five nine two")
    #expect(dictating.statistics?.pendingSeconds == 0)
  }

  @Test func releaseWithNothingPendingDecodesNothing() throws {
    let recognizer = try Recognizer.starter()
    var dictating = Dictating(recognizer)
    try dictating.feed(Signals.digits("13") + Signals.silence(0.5))
    let instrument = Instrument()
    recognizer.instrument = instrument
    try dictating.release()
    #expect(dictating.text == "eight five nine two" && dictating.session.isOver)
    #expect(instrument.encoder == 0)
    let events = dictating.events
    try dictating.feed(Signals.digits("13"))
    try dictating.finish()
    #expect(dictating.events == events)
  }

  @Test func releaseInMidWordKeepsTheWord() throws {
    let recognizer = try Recognizer.starter()
    let samples = try Signals.digits("03", tight: true)
    var dictating = Dictating(recognizer)
    // The last "seven" has 100 ms to go.
    try dictating.feed(samples.dropLast(1_600))
    try dictating.release()
    #expect(!dictating.session.isOver)
    try dictating.feed(samples.suffix(1_600) + Signals.silence(1))
    #expect(dictating.session.isOver)
    #expect(dictating.text == "seven zero nine four four seven")
    let statistics = try #require(dictating.statistics)
    #expect(statistics.pendingSeconds > 0.3)
    // The tail ended early, on silence.
    #expect(statistics.audioSeconds <= Double(samples.count) / 16_000 + 0.15)
  }

  @Test func theTailIsShort() throws {
    var dictating = Dictating(try Recognizer.starter())
    try dictating.feed(Signals.syllables(2))
    try dictating.release()
    try dictating.feed(Signals.syllables(2))
    #expect(dictating.statistics?.audioSeconds == 2.25)
  }

  @Test func silenceIsMeasuredSinceTheLastWord() throws {
    var dictating = Dictating(try .starter())
    #expect(dictating.session.secondsWithoutSpeech == 0)
    try dictating.feed(Signals.silence(3))
    #expect(dictating.session.secondsWithoutSpeech == 3)
    try dictating.feed(Signals.digits("13", tight: true))
    #expect(dictating.session.secondsWithoutSpeech < 0.3)
    try dictating.feed(Signals.silence(1))
    // A span of speech ends with a pause.
    #expect((0.6...0.8).contains(dictating.session.secondsWithoutSpeech))
    try dictating.feed(Signals.silence(1))
    #expect((1.6...1.8).contains(dictating.session.secondsWithoutSpeech))
  }

  @Test func cancelGivesNothing() throws {
    var dictating = Dictating(try Recognizer.starter())
    try dictating.feed(Signals.digits("13"))
    let events = dictating.events
    dictating.session.cancel()
    try dictating.feed(Signals.silence(1))
    try dictating.release()
    try dictating.finish()
    #expect(dictating.events == events && dictating.transcript == nil)
  }

  @Test func nothingGivesNothing() throws {
    var dictating = Dictating(try Recognizer.starter())
    try dictating.finish()
    #expect(dictating.text == "" && dictating.events.count == 1)
  }
}
