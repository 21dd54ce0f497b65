import Testing
import Vocabulary

/// Spoken terms among words.
@Suite struct TermMatcherTests {
  private static let matcher = TermMatcher([
    Term("handleDodoWebhookRetry", spoken: ["handle dodo web hook retry"]),
    Term("handleDodoWebhook", spoken: ["handle dodo web hook"]),
    Term("kubectl", spoken: ["cube control"]), Term("--no-verify", spoken: ["dash dash no verify"]),
    Term("HTTPServer2", spoken: ["h t t p server two"]),
  ])

  @Test(arguments: [
    ("call handle dodo web hook retry now", "call handleDodoWebhookRetry now"),
    ("Handle, dodo webhook. Retry", "handleDodoWebhook. Retry"),
    ("(cube control's flags)", "(kubectl's flags)"),
    ("Cube control, please", "kubectl, please"),
    ("use dash dash no verify.", "use --no-verify."),
    ("HTTP server 2, h t t p server two", "HTTPServer2, HTTPServer2"),
    ("cube controls", "cube controls"), ("use --no-verify", "use --no-verify"),
  ]) func writes(_ said: String, _ written: String) {
    let words = said.split(separator: " ").map(String.init)
    let result = Self.matcher.replacingTerms(in: words)
    #expect(result.joined(separator: " ") == written)
    #expect(Self.matcher.replacingTerms(in: result) == result)
  }

  @Test func wordsAreOpenWhileATermMayGoOn() {
    let matcher = Self.matcher
    #expect(matcher.openWords(["we", "handle", "dodo"]) == 2)
    #expect(matcher.openWords(["we", "handle", "dodo."]) == 0)
    #expect(matcher.openWords(["handle", "dodo", "web", "hook"]) == 4)
    #expect(matcher.openWords(["the", "retry"]) == 0)
  }
}
