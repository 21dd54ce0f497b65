import Checkpoint
import Formatting
import Foundation
import Recognition
import TestSupport
import Testing
import Transcription
import Vocabulary

/// Terms that the audio says and the words do not: "three five nine two", heard as "eight five nine
/// two" by the shipped model.
@Suite struct JudgedTests {
  private static func starter(_ head: DecoderChoice = .tdt) throws -> Recognizer {
    let folder = Fixtures.repository.appending(path: "models/starter-en")
    return try Recognizer(
      SpeechModel(Checkpoint.open(folder.path), decoder: head), threads: 2)
  }

  private static func written(
    _ name: String, _ terms: [Term], _ caution: Caution?, _ recognizer: Recognizer
  ) throws -> FormattedText {
    let rules = FormattingRules(terms: TermMatcher(terms), judging: caution.map { Judging($0) })
    let samples = try Recordings.samples(Fixtures.committed.appending(path: "audio/\(name).flac"))
    var transcriber = LongFormTranscriber(
      recognizer: recognizer, judges: rules.judge(for: recognizer.model).map { [$0] } ?? [])
    try transcriber.feed(samples, inPiecesOf: .max)
    var formatter = Formatter(rules)
    return formatter.finish(try transcriber.finish(), judged: transcriber.judged.first ?? [])
  }

  @Test(arguments: DecoderChoice.allCases) func theAudioDecides(_ head: DecoderChoice) throws {
    let recognizer = try Self.starter(head)
    let terms = [Term("threeFiveNine"), Term("nineFiveThree"), Term("eightSeven")]
    let text = try Self.written("digits_13", terms, .eager, recognizer)
    #expect(text.text == "threeFiveNine two")
    #expect(text.terms == ["threeFiveNine"])
    #expect(try Self.written("digits_13", terms, nil, recognizer).text == "eight five nine two")
  }

  /// Of two terms that the audio may say, that which it says is written.
  @Test func theNearestTermIsWritten() throws {
    let recognizer = try Self.starter()
    for terms in [["threeFiveNine", "freeFireNine"], ["freeFireNine", "threeFiveNine"]] {
      let text = try Self.written("digits_13", terms.map { Term($0) }, .eager, recognizer)
      #expect(text.terms == ["threeFiveNine"])
    }
  }

  /// Where words say a term, it is written whatever the audio is like, and what is ordinary English
  /// stays.
  @Test func wordsThatSayATerm() throws {
    let recognizer = try Self.starter()
    for caution in Caution.allCases {
      let text = try Self.written(
        "speechocean_0157_016", [Term("takeA"), Term("Vacation"), Term("needTo")], caution,
        recognizer)
      let plain = try Self.written(
        "speechocean_0157_016", [Term("takeA"), Term("Vacation"), Term("needTo")], nil, recognizer)
      #expect(text == plain)
    }
  }

  /// A list that nobody says anything of changes no byte.
  @Test(arguments: [
    "digits_02", "digits_03", "digits_06", "digits_12", "digits_13", "counter",
    "speechocean_0157_016",
  ]) func unrelatedTermsChangeNothing(_ name: String) throws {
    let parts = ["Handle", "Dodo", "Webhook", "Retry", "User", "Cache", "Buffer", "Session"]
    let terms = (0..<400).map { index in
      Term("get" + [index % 8, index / 8 % 8, index / 64].map { parts[$0] }.joined())
    }
    let text = try Self.written(name, terms, .safe, Self.starter())
    #expect(text.isAsHeard)
  }
}
