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
    // The first two are settled as a term, so that the last one begins anew.
    #expect(matcher.openWords(["cube", "control", "handle"]) == 1)
    let dodo = ["handle", "dodo"].map { FoldedWord($0) }
    #expect(matcher.beginning(of: dodo, mayGoOn: true) == .open)
    #expect(matcher.beginning(of: dodo, mayGoOn: false) == .none)
    #expect(matcher.beginning(of: [FoldedWord("we")] + dodo, mayGoOn: true) == .none)
    #expect(matcher.beginning(of: [], mayGoOn: true) == .none)
    #expect(matcher.mayBegin(with: dodo[0]))
    #expect(!matcher.mayBegin(with: dodo[1]))
  }

  /// What is spelled with its marks is no other term without them.
  @Test func marksTellTermsApart() {
    let matcher = TermMatcher([
      Term("+Json"), Term("json"), Term("kube_"), Term("kube"),
      Term("dodo::x"), Term("dodo/x"),
    ])
    let words = [
      "plus", "jason", "JSON", "(kube_),", "Kube", "+Json.", "kube_'s", "dodo::x", "dodo/x",
    ]
    let written = ["+Json", "json", "(kube_),", "kube", "+Json.", "kube_'s", "dodo::x", "dodo/x"]
    #expect(matcher.replacingTerms(in: words) == written)
    #expect(matcher.replacingTerms(in: written) == written)
  }

  /// A term may be a word of a longer one, and what is written stays.
  @Test(arguments: [
    // "user jason" is English, but who says "jason" means json.
    ("user jason", ["user::json", "json\tguard=off"], "user::json"),
    ("version two two", ["v2\tguard=off", "v2_2"], "v2_2"),
    // Both are said "c o", and a word that is spelled like one of them is no other.
    ("C::O", ["C::O\tweight=2", "CO\tguard=off"], "C::O"),
    ("get pods, pods", ["get pods\tspoken=pods\tguard=off"], "get pods, get pods"),
    ("hash todo # TODO", ["\\# TODO\tguard=off"], "# TODO # TODO"),
    ("c plus plus code", ["C++ code", "code\tspoken=code\tguard=off", "C"], "C++ code"),
    ("the box", ["2\tspoken=the box\tguard=off", "#-2\tguard=off"], "2"),
    ("get two box", ["O hook\tspoken=two box\tguard=off", "getO\tguard=off"], "get O hook"),
    ("the two fifty six’s", ["256", "256 s"], "the 256’s"),
  ]) func writtenTermsStay(_ said: String, _ lines: [String], _ written: String) {
    let list = VocabularyList(Array(lines.joined(separator: "\n").utf8), file: "terms.txt")
    let matcher = TermMatcher(list.terms)
    for text in [said, written] {
      let words = text.split(separator: " ").map(String.init)
      #expect(matcher.replacingTerms(in: words).joined(separator: " ") == written)
    }
  }

  /// Models that know capitals, marks and digits write forms otherwise than they are said.
  @Test(arguments: [
    ("HTTPServer2", "HTTP Server 2"), ("HTTPServer2", "Http server two"),
    ("handleDodoWebhookRetry", "Handle Dodo webhook retry"),
    ("handleDodoWebhookRetry", "handle Dodo web-hook, retry"), ("user_id", "user ID"),
    ("user_id", "userID"), ("sha256", "SHA-256"), ("sha256", "SHA two fifty-six"),
    ("nodeJS", "Node.js"), ("iOS", "IOS"), ("v1.2.3", "Version 1.2.3"), ("k8s", "K8s"),
    ("x86_64", "x86-64"), ("UTF8Decoder", "UTF-8 decoder"), ("R&D", "R and D"),
    ("i18n", "I18n"), ("OAuth2", "OAuth 2"), ("8080", "8080"), ("C++17", "C plus plus 17"),
    ("--no-verify", "Dash dash no verify"), ("package.json", "package dot JSON"),
    ("kebab-case-name", "Kebab case name"), ("IPv6Addr", "IPv6 adder"), ("gRPC", "GRPC"),
  ]) func readsWhatModelsWrite(_ spelling: String, _ written: String) {
    let words = written.split(separator: " ").map(String.init)
    #expect(TermMatcher([Term(spelling)]).replacingTerms(in: words) == [spelling])
  }
}
