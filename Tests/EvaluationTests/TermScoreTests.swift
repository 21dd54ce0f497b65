import Evaluation
import Testing

/// Which terms count as written.
@Suite struct TermScoreTests {
  /// A text, what is said, the list, and the terms right and wrong in it.
  struct Case: CustomStringConvertible {
    let text: String
    let reference: String
    let terms: [String]
    let exact: (right: Int, wrong: Int)
    let folded: (right: Int, wrong: Int)

    init(
      _ text: String, _ reference: String, _ terms: [String], _ exact: (Int, Int),
      folded: (Int, Int)? = nil
    ) {
      (self.text, self.reference, self.terms) = (text, reference, terms)
      (self.exact, self.folded) = (exact, folded ?? exact)
    }

    var description: String { "\(text) | \(reference)" }
  }

  static let cases: [Case] = [
    Case("open userId now", "open userId now", ["userId"], (1, 0)),
    Case("open user id now", "open userId now", ["userId"], (0, 0)),
    Case("open userid now", "open userId now", ["userId"], (0, 0), folded: (1, 0)),
    Case("open userId now", "open user id now", ["userId"], (0, 1)),
    // The place matters, not only how often.
    Case("userId is not the key", "the key is not userId", ["userId"], (0, 1)),
    Case("userId and userId", "userId and nothing", ["userId"], (1, 1)),
    // Near neighbours.
    Case("call retryCount", "call retryCounts", ["retryCount", "retryCounts"], (0, 1)),
    Case("use user_id", "use userId", ["userId", "user_id"], (0, 1)),
    Case("use USERID", "use userId", ["userId", "UserID"], (0, 0), folded: (1, 0)),
    Case("use UserID", "use userId", ["userId", "UserID"], (0, 1), folded: (1, 0)),
    // A word that differs from a term by case alone is no term.
    Case("we go now", "we go now", ["Go"], (0, 0), folded: (1, 0)),
    Case("we Go now", "we go now", ["Go"], (0, 1), folded: (1, 0)),
    Case("we go now", "we Go now", ["Go"], (0, 0), folded: (1, 0)),
    // Punctuation round a term, and what belongs to it.
    Case("Is it kubectl?", "is it kubectl", ["kubectl"], (1, 0)),
    Case("kubectl's file, (nginx).", "kubectl's file nginx", ["kubectl", "nginx"], (2, 0)),
    Case("kubectl’s file", "kubectl's file", ["kubectl"], (1, 0)),
    Case("in C++, C# and .NET.", "in C++ C# and .NET", ["C++", "C#", ".NET"], (3, 0)),
    Case("call main().", "call main()", ["main()"], (1, 0)),
    Case("run --no-verify, please", "run --no-verify please", ["--no-verify"], (1, 0)),
    // Terms of several words, and a term inside another one.
    Case("ask Claude Code now", "ask Claude Code now", ["Claude Code"], (1, 0)),
    Case("ask Claude now", "ask Claude Code now", ["Claude Code"], (0, 0)),
    Case("ask Claude Code", "ask Claude Code", ["Claude", "Claude Code"], (1, 0)),
    Case("ask Claude", "ask Claude Code", ["Claude", "Claude Code"], (0, 1)),
    Case("one Claude Code", "Claude Code", ["Claude Code"], (1, 0)),
    Case("", "open userId", ["userId"], (0, 0)),
    Case("userId", "", ["userId"], (0, 1)),
    Case("userId", "userId", [], (0, 0)),
  ]

  @Test(arguments: cases) func termsCountByPlace(_ one: Case) throws {
    let counts = try Scored(one.text, reference: one.reference, terms: one.terms).counts
    #expect(counts.exact.right == one.exact.right)
    #expect(counts.exact.wrong == one.exact.wrong)
    #expect(counts.folded.right == one.folded.right)
    #expect(counts.folded.wrong == one.folded.wrong)
  }

  @Test func wrongTermsAreNamed() throws {
    let scored = try Scored(
      "open userId and nginx", reference: "open the file and nginx", terms: ["nginx", "userId"])
    #expect(scored.wrongTerms == ["userId"])
  }

  /// Order and repetitions of a list do not matter.
  @Test func listsAreSets() throws {
    let terms = ["Claude Code", "Claude", "userId", "user_id", "USERID"]
    let reference = "ask Claude Code for userId and user_id of Claude"
    let text = "ask Claude for USERID and userId of Claude Code"
    let first = try Scored(text, reference: reference, terms: terms).counts
    for order in [terms.reversed(), terms + terms, terms.sorted()] {
      #expect(try Scored(text, reference: reference, terms: order).counts == first)
    }
  }
}
