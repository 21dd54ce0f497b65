import Evaluation
import Testing

/// Which words count as damaged by a list.
@Suite struct DamageTests {
  /// The transcript without a list and with it, what is said, and how many words are damaged.
  struct Case: CustomStringConvertible {
    let plain: String
    let text: String
    let reference: String
    let words: Int

    init(_ plain: String, _ text: String, _ reference: String, _ words: Int) {
      (self.plain, self.text, self.reference, self.words) = (plain, text, reference, words)
    }

    var description: String { "\(plain) → \(text) | \(reference)" }
  }

  static let terms = ["userId", "userIds", "Claude Code", "kubectl"]

  static let cases: [Case] = [
    Case("open user id now", "open user id now", "open userId now", 0),
    Case("open user id now", "open userId now", "open userId now", 0),
    // Words of another term at the term's place: a false write, but no damage elsewhere.
    Case("open user id now", "open userIds now", "open userId now", 0),
    // Prose.
    Case("the user id is wrong", "the userId is wrong", "the user id is wrong", 2),
    Case("the cloud code", "the Claude Code", "the cloud code", 2),
    // A neighbour that had been right is eaten.
    Case("open user id now", "userId now", "open userId now", 1),
    // A neighbour that had been wrong is not worth more than the term.
    Case("hope user id now", "userId now", "open userId now", 0),
    Case("a b", "a kubectl b", "a b", 1),
    Case("", "kubectl", "", 1),
    Case("it is", "It is", "it is", 1),
    Case("go go go", "go go", "go go go", 1),
  ]

  @Test(arguments: cases) func onlyWordsOutsideTermsAreDamaged(_ one: Case) throws {
    let counts = try Scored(
      one.text, plain: one.plain, reference: one.reference, terms: Self.terms
    ).counts
    #expect(counts.damagedWords == one.words)
    #expect(counts.damagedClips == (one.words > 0 ? 1 : 0))
    #expect(counts.changedClips == (one.plain == one.text ? 0 : 1))
  }
}
