import Testing
import Vocabulary

/// Sentences that say no term of the list, and sentences that do.
@Suite struct TrapTests {
  /// Terms, and sentences that stay as they are.
  static let traps: [(terms: [String], sentences: [String])] = [
    (["Claude"], ["the cloud is down", "Cloud storage is cheap."]),
    (["Claude Code"], ["cloud code runs there"]),
    (["Kortix"], ["the visual cortex"]),
    (["Cline"], ["Patsy Klein sang"]),
    (["Vercel"], ["we went to Versailles"]),
    (["Supabase"], ["a super base for it"]),
    (["Nextdoor"], ["the people next door", "Next door, please."]),
    (["Snyk"], ["sync the folders", "the kitchen sink"]),
    (["Redis"], ["are you ready", "he read us a story"]),
    (["CRAN"], ["she ran home"]),
    (["Shaun"], ["that is mean", "ask sean"]),
    (["Soren"], ["make sure it works"]),
    (["Banya"], ["too many of them"]),
    (["ConPty"], ["the concept is sound"]),
    (["Codex"], ["in this context"]),
    (["moulder"], ["an empty folder"]),
    (["Shinobi"], ["the son of a king"]),
    (["Songstuff"], ["a song", "song stuff stuff"]),
    (["RAKE"], ["step on the brake"]),
    (["eta"], ["the meta data", "its metadata"]),
    (["RBAC"], ["we are back", "Are back doors closed?"]),
    (["URLs"], ["dukes and earls"]),
    (["SQL"], ["the sequel was worse"]),
    (["JSON"], ["Jason called"]),
    (["GUI"], ["a gooey mess"]),
    (["sudo"], ["pseudo science"]),
    (
      ["Go", "Swift", "Rust", "React", "Express", "Flask", "Spring"],
      [
        "let us go now", "a swift answer", "there is rust on it", "how did they react",
        "the express train", "a flask of tea", "in spring", "Go.", "Swift, please",
      ]
    ),
    (["main", "openFile"], ["open the main file"]),
    (
      ["handleDodoWebhookRetry"],
      ["handle the retry", "handle dodo", "handle dodo webhook retries"]
    ),
    (["nginx"], ["the engine exhaust"]),
    (["kubectl"], ["the cube controls"]),
    (["praisy", "Praisy"], ["high praise"]),
    (["Byrne-Donoghue"], ["Kelly Byrne came"]),
    (["V6"], ["va", "the va hospital"]),
    (["init", "_private", "__init__"], ["the init system", "a private matter"]),
    (["--no-verify"], ["no verify step"]),
    (["WELL", "ILL"], ["we'll see", "I'll go"]),
    (["userId"], ["use rid of it"]),
    (["3.11"], ["three children, eleven dogs", "three. Eleven"]),
  ]

  @Test(arguments: traps) func staysAsItIs(_ terms: [String], _ sentences: [String]) {
    let matcher = TermMatcher(terms.map { Term($0) })
    for sentence in sentences {
      let words = sentence.split(separator: " ").map(String.init)
      #expect(matcher.matches(in: words).map(\.written) == [], "\(sentence)")
    }
  }

  /// Ordinary phrases that are the very form of a term that somebody listed: of those `lint` warns.
  static let phrases: [(term: String, sentence: String)] = [
    ("userId", "the user id is wrong"), ("useState", "we use state funds"),
    ("getUserName", "get user name from the form"), ("openFile", "open file by file"),
  ]

  @Test(arguments: phrases) func ordinaryPhrasesBelongToPeople(
    _ spelling: String, _ sentence: String
  ) {
    let words = sentence.split(separator: " ").map(String.init)
    #expect(TermMatcher([Term(spelling)]).matches(in: words).map(\.written) == [spelling])
    for term in [Term(spelling, guard: .on), Term(spelling, origin: .automatic)] {
      #expect(TermMatcher([term]).matches(in: words) == [])
    }
    let warnings = VocabularyLint.problems(in: [
      VocabularyList(Array("\(spelling)\n".utf8), file: "terms.txt")
    ])
    #expect(warnings.count == 1)
  }

  /// In a list that nobody has read through, what is said all the time stays, and the rest counts.
  @Test func longListsLeaveUsualPhrases() {
    let names = ["all_of", "one_of", "toDo", "MyAgent", "userId", "errorState"].map { Term($0) }
    let others = (0..<1_000).map { Term("unrelated\($0)Name") }
    let words = "all of my agent user id error state".split(separator: " ").map(String.init)
    func written(_ terms: [Term]) -> [String] {
      TermMatcher(terms).matches(in: words).map(\.written)
    }
    #expect(written(names) == ["all_of", "MyAgent", "userId", "errorState"])
    #expect(written(names + others) == ["userId", "errorState"])
    #expect(written([Term("all_of", guard: .off)] + others) == ["all_of"])
  }

  static let twins: [(term: Term, sentence: String, written: String)] = [
    (Term("Claude"), "ask Claude about it", "ask Claude about it"),
    (Term("claude-code"), "run claude code here", "run claude-code here"),
    (Term("Supabase"), "a supabase project", "a Supabase project"),
    (Term("Redis"), "redis is up", "Redis is up"),
    (Term("RBAC"), "the r b a c rules", "the RBAC rules"),
    (Term("RBAC", spoken: ["are back"]), "the are back rules", "the RBAC rules"),
    (Term("URLs"), "two u r l s.", "two URLs."),
    (Term("SQL"), "an s q l query", "an SQL query"),
    (Term("Go", guard: .off), "a go program", "a Go program"),
    (Term("kubectl"), "Cube control's flags", "kubectl's flags"),
    (Term("iOS"), "I O S, too", "iOS, too"),
    (Term("webhook", casing: .sentence), "Webhook first", "Webhook first"),
    (Term("pull request"), "Pull request first", "Pull request first"),
    (Term("O'Reilly"), "an o'reilly book", "an O'Reilly book"),
    (Term("Foo Corp."), "buy foo corp.", "buy Foo Corp."),
    (Term("C++"), "\"c plus plus\", she said", "\"C++\", she said"),
    (Term(".NET"), "for dot net.", "for .NET."),
    (Term("sha256"), "a SHA-256 sum", "a sha256 sum"),
    (Term("v1.2.3"), "version 1.2.3 is out", "v1.2.3 is out"),
    (Term("8080"), "port eight oh eight oh", "port 8080"),
    (Term("naïveBayes"), "a naïve Bayes model", "a naïveBayes model"),
    (Term("Ü-Bahn"), "mit der Ü-Bahn", "mit der Ü-Bahn"),
  ]

  @Test(arguments: twins) func isWritten(_ term: Term, _ sentence: String, _ written: String) {
    let matcher = TermMatcher([term])
    let words = sentence.split(separator: " ").map(String.init)
    let result = matcher.replacingTerms(in: words)
    #expect(result.joined(separator: " ") == written)
    #expect(!matcher.matches(in: words).isEmpty)
    #expect(matcher.replacingTerms(in: result) == result)
  }
}
