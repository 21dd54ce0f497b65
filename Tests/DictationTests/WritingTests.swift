import Dictation
import Formatting
import Foundation
import Recognition
import TestSupport
import Testing
import Vocabulary

/// The text of a dictation, written while it is decoded.
@Suite struct WritingTests {
  private static let rules = FormattingRules(
    FormattingSettings(rules: Set(FormattingRule.allCases)),
    terms: TermMatcher([
      // Said in two breaths, and beginning like words that are settled before.
      Term("V292", spoken: ["two nine two", "nine two"], guard: .off),
      Term("unrelatedName"),
    ]))

  /// Without those that hold a whole phrase back.
  private static let quickRules = FormattingRules(FormattingSettings(rules: [.numbers, .casing]))

  private static func dictation(
    _ samples: [Float], _ recognizer: Recognizer, inPiecesOf size: Int
  ) throws -> [DictationEvent] {
    var dictating = Dictating(recognizer, partials: true)
    dictating.session.configuration.rules = rules
    try dictating.feed(samples, inPiecesOf: size)
    try dictating.finish()
    return dictating.events
  }

  /// Pieces of any size give the same text, and what is settled stays.
  @Test func settledTextStays() throws {
    let recognizer = try Recognizer.starter()
    let samples = try Signals.digitsWithPauses() + Signals.silence(2) + Signals.digits("13")
    let whole = try Self.dictation(samples, recognizer, inPiecesOf: .max)
    #expect(try Self.dictation(samples, recognizer, inPiecesOf: 4_097) == whole)
    var settled = ""
    for event in whole {
      switch event {
      case .settled(let text), .partial(let text, _):
        #expect(text.hasPrefix(settled))
        settled = text
      case .final(let transcript, let text, _):
        #expect(text.text.hasPrefix(settled) && !settled.isEmpty)
        #expect(text.text != transcript.text && text.text.contains { $0.isNumber })
        var formatter = Formatter(Self.rules)
        #expect(formatter.finish(transcript) == text)
      case .speechStarted: break
      }
    }
  }

  /// What the audio decides, or recognition favours, does not depend on the pieces either, and is
  /// there in partials too.
  @Test(arguments: [false, true]) func termsOfTheAudioSettle(_ isBiased: Bool) throws {
    let recognizer = try Recognizer.starter()
    let samples = try Signals.digits("13") + Signals.silence(1) + Signals.digits("02")
    let terms = TermMatcher([
      Term("threeFiveNine", weight: isBiased ? 30 : 1), Term("oneZero"),
    ])
    let rules = FormattingRules(
      terms: terms, judging: isBiased ? nil : Judging(.eager),
      biased: isBiased ? BiasedVocabulary(terms) : nil)
    let events = try [Int.max, 4_097, 1_000].map { size in
      var dictating = Dictating(recognizer, partials: true)
      dictating.session.configuration.rules = rules
      try dictating.feed(samples, inPiecesOf: size)
      try dictating.finish()
      return dictating.events
    }
    #expect(events[1] == events[0] && events[2] == events[0])
    guard case .final(_, let text, _) = events[0].last else {
      Issue.record("no final text")
      return
    }
    #expect(text.terms.contains("threeFiveNine"))
    guard !isBiased else { return }
    #expect(text.text == "threeFiveNine two eight oneZero")
    #expect(
      events[0].contains { event in
        if case .settled(let text) = event { text == "threeFiveNine two" } else { false }
      })
  }

  /// Names of a program that nobody speaks of change no byte.
  @Test(arguments: [
    "digits_02", "digits_03", "digits_06", "digits_12", "digits_13", "counter",
    "speechocean_0157_016",
  ]) func unrelatedTermsChangeNothing(_ name: String) throws {
    let terms = (0..<500).map { Term("handle\(["User", "Http", "Dodo", "Retry"][$0 % 4])\($0)") }
    let samples = try Recordings.samples(Fixtures.committed.appending(path: "audio/\(name).flac"))
    let transcript = try samples.withUnsafeBufferPointer {
      try Recognizer.starter().transcribe($0)
    }
    var formatter = Formatter(FormattingRules(terms: TermMatcher(terms)))
    #expect(formatter.finish(transcript) == FormattedText(transcript))
  }

  /// Words that wait for others are settled when nobody speaks any more.
  @Test func silenceSettles() throws {
    var dictating = Dictating(try Recognizer.starter())
    dictating.session.configuration.rules = Self.quickRules
    try dictating.feed(Signals.digits("13") + Signals.silence(1))
    #expect(!dictating.events.contains { if case .settled = $0 { true } else { false } })
    try dictating.feed(Signals.silence(4))
    let settled = dictating.events.compactMap {
      if case .settled(let text) = $0 { text } else { nil }
    }
    #expect(settled.count == 1)
    try dictating.finish()
    guard case .final(_, let text, _) = dictating.events.last else {
      Issue.record("no text")
      return
    }
    #expect(text.text == settled.first)
  }
}
