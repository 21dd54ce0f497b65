import Evaluation
import Foundation
import TestSupport
import Testing

/// Word error rates against those of jiwer and of Facebook's `score.py`.
@Suite struct ScoreFixtureTests {
  /// Two sentences and what other programs count in them.
  private struct Case: Decodable {
    let reference: String
    let hypothesis: String
    let terms: [String]
    let edits: Int
    let biasedWords: Int
    let biasedErrors: Int
    let otherErrors: Int

    enum CodingKeys: String, CodingKey {
      case reference, hypothesis, terms, edits
      case biasedWords = "biased_words"
      case biasedErrors = "biased_errors"
      case otherErrors = "other_errors"
    }
  }

  @Test func countsAreThoseOfOtherPrograms() throws {
    let file = Fixtures.repository.appending(path: "Tests/Fixtures/evaluation/scores.json")
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
    #expect(cases.count == 120)
    for one in cases {
      let counts = try Scored(one.hypothesis, reference: one.reference, terms: one.terms).counts
      #expect(counts.edits == one.edits, "\(one)")
      #expect(counts.biasedWords == one.biasedWords, "\(one)")
      #expect(counts.biasedErrors == one.biasedErrors, "\(one)")
      #expect(counts.otherErrors == one.otherErrors, "\(one)")
    }
  }

  /// With NIST's costs four matches are worth eight edits where seven would do without them.
  @Test func fewestEditsAreNotAlwaysTheBestAlignment() throws {
    let counts = try Scored(
      "e f g h a b c d", reference: "a b c d i j k l", terms: ["a", "b"]
    ).counts
    #expect(counts.edits == 8)
    let rare = try Scored("x x x x a b c", reference: "a b c y y y y", terms: ["a"]).counts
    #expect(rare.edits == 7)
    #expect(rare.biasedErrors + rare.otherErrors == 8)
    #expect(rare.biasedErrors == 0)
  }

  /// Rare words of a sentence, and one that is put in: by hand.
  @Test func insertedTermsCountWithTerms() throws {
    let counts = try Scored(
      "the dawned cloudy dawned morning clay", reference: "the dawned cloudy morning",
      terms: ["dawned", "cloudy", "clay"]
    ).counts
    #expect(counts.biasedWords == 2)
    #expect(counts.biasedErrors == 1)
    // "clay" is listed and not said: score.py counts it with the other words.
    #expect(counts.otherErrors == 1)
  }
}
