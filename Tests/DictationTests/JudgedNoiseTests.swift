import Formatting
import Foundation
import Recognition
import TestSupport
import Testing
import Vocabulary

/// In noise a model writes words that it does not believe itself; no term takes their place.
@Suite struct JudgedNoiseTests {
  /// Terms of one to four words, some of them short.
  private static let terms: [Term] = {
    let parts = ["Handle", "Two", "User", "Retry", "Id", "Cache", "Oh", "Hook", "Nine", "Key"]
    let pairs = parts.flatMap { first in parts.map { first + $0 } }
    return (pairs + pairs.map { "my" + $0 } + pairs.map { "get" + $0 + "Now" }).map { Term($0) }
      + ["kubectl", "nginx", "sudo", "Redis", "Vercel", "mutex"].map { Term($0) }
  }()

  /// The terms that a judge writes in one pass, where nobody has kept noise away from it, and how
  /// many tokens the model wrote.
  private static func judge(
    _ samples: [Float], _ recognizer: Recognizer, _ rules: FormattingRules
  ) throws -> (terms: [String], tokens: Int) {
    let judge = try #require(rules.judge(for: recognizer.model))
    let evidence = Evidence()
    var state = recognizer.model.start
    let tokens = try samples.withUnsafeBufferPointer {
      try recognizer.tokens(of: $0, continuing: &state, evidence: evidence)
    }
    return (judge.terms(evidence).map(\.spelling), tokens.count)
  }

  @Test func noiseIsNoTerm() throws {
    let recognizer = try Recognizer.starter()
    let matcher = TermMatcher(Self.terms)
    let tokens = TermTokens(matcher)
    var heard = 0
    for caution in Caution.allCases {
      let rules = FormattingRules(terms: matcher, judging: Judging(caution), tokens: tokens)
      for noise in Noise.allCases {
        let found = try Self.judge(noise.samples(10, level: -30, seed: 5), recognizer, rules)
        #expect(found.terms.isEmpty, "\(noise), \(caution)")
        heard += found.tokens
      }
      let silence = try Self.judge(
        [Float](repeating: 0, count: 160_000), recognizer, rules)
      #expect(silence.terms.isEmpty, "\(caution)")
    }
    // The model does write words there.
    #expect(heard > 50)
  }
}
