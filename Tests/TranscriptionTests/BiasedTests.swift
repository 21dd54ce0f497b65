import Checkpoint
import Formatting
import Foundation
import Recognition
import TestSupport
import Testing
import Transcription
import Vocabulary

/// Terms that recognition favours: "three five nine two", heard as "eight five nine two" by the
/// shipped model.
@Suite struct BiasedTests {
  private static func text(
    _ terms: [Term], _ head: DecoderChoice, beam: Int? = nil, isBiased: Bool = true
  ) throws -> String {
    let folder = Fixtures.repository.appending(path: "models/starter-en")
    let recognizer = try Recognizer(
      SpeechModel(Checkpoint.open(folder.path), decoder: head), threads: 2, beam: beam)
    let matcher = TermMatcher(terms)
    let rules = FormattingRules(
      terms: matcher, biased: isBiased ? BiasedVocabulary(matcher) : nil)
    let samples = try Recordings.samples(
      Fixtures.committed.appending(path: "audio/digits_13.flac"))
    var transcriber = LongFormTranscriber(
      recognizer: recognizer, biasing: rules.biasing(for: recognizer.model))
    try transcriber.feed(samples, inPiecesOf: .max)
    var formatter = Formatter(rules)
    return formatter.finish(try transcriber.finish()).text
  }

  @Test(arguments: DecoderChoice.allCases) func termsAreHeard(_ head: DecoderChoice) throws {
    let terms = [Term("threeFiveNine", weight: 6)]
    #expect(try Self.text(terms, head, isBiased: false) == "eight five nine two")
    #expect(try Self.text(terms, head) == "threeFiveNine two")
  }

  /// A beam search sees how a phrase goes on before it has to decide how it begins.
  @Test func aBeamNeedsLess() throws {
    let terms = [Term("threeFiveNine", weight: 2)]
    #expect(try Self.text(terms, .tdt) == "eight five nine two")
    #expect(try Self.text(terms, .tdt, beam: 4) == "threeFiveNine two")
  }

  @Test(arguments: DecoderChoice.allCases) func othersChangeNothing(_ head: DecoderChoice) throws {
    for terms in [[], [Term("unrelatedName")]] {
      #expect(try Self.text(terms, head) == "eight five nine two")
    }
  }
}
