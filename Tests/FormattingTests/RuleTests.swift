import Formatting
import Testing
import Vocabulary

/// Rules one by one: what is said, and what is written.
@Suite struct RuleTests {
  @Test(arguments: [
    ("spell k u b e", "kube"), ("spell K-U-B-E", "kube"), ("Spell K U B E.", "kube."),
    ("spell KUBE now", "kube now"), ("spell k, u, b, e", "kube"),
    ("call spell k u b e over and go", "call kube and go"),
    ("spell capital k u cap b e", "KuBe"), ("spell double u three c", "w3c"),
    ("spell a dash b", "a-b"), ("spell s three | b", "s3b"),
    ("spell a", "spell a"), ("spell check", "spell check"), ("spell it out", "spell it out"),
    ("spell K.U.B.E.", "kube."),
  ]) func spelling(_ said: String, _ written: String) {
    #expect(Saying(said).written(FormattingRules([.spelling])) == written)
  }

  @Test(arguments: [
    ("hello comma world period", "hello, world."),
    ("Hello, comma, world. Period.", "Hello, world."),
    ("is it you question mark yes exclamation mark", "is it you? Yes!"),
    ("first new line second", "first\nsecond"),
    ("The end. New paragraph. next one", "The end.\n\nNext one"),
    ("say open quote hello close quote now", "say \"hello\" now"),
    ("see open paren below close paren period", "see (below)."),
    ("See, open paren below. Close paren. Then", "See (below). Then"),
    ("well dash known hyphen fact", "well dash known-fact"),
    ("and so on dot dot dot", "and so on..."),
    ("full stop", "."), ("new line", "\n"),
    ("a period of time period", "a period of time."),
  ]) func punctuation(_ said: String, _ written: String) {
    #expect(Saying(said).written(FormattingRules([.punctuation])) == written)
  }

  @Test(arguments: [
    ("x equals five", "x = five"), ("foo open paren x comma y close paren", "foo(x, y)"),
    ("if open paren x close paren", "if (x)"), ("x equals open paren y close paren", "x = (y)"),
    ("a dot b dot c", "a.b.c"), ("git commit dash m", "git commit -m"),
    ("push dash dash force", "push --force"), ("f arrow int", "f -> int"),
    ("x fat arrow y", "x => y"), ("std double colon vector", "std::vector"),
    ("user underscore id", "user_id"), ("x plus plus", "x++"),
    ("a less than or equal to b", "a <= b"), ("list open bracket i close bracket", "list[i]"),
    ("slash usr slash bin", "/usr/bin"), ("cat x pipe sort", "cat x | sort"),
    ("X. Equals, y.", "X = y."), ("return x close paren. Semicolon.", "return x);"),
    ("back tick x back tick", "`x`"), ("hash include", "#include"),
    ("say double quote hi double quote", "say \"hi\""),
    ("first new line second", "first\nsecond"),
  ]) func symbols(_ said: String, _ written: String) {
    #expect(Saying(said).written(FormattingRules([.symbols])) == written)
  }

  @Test(arguments: [
    ("um hello", "hello"), ("Um, so I went", "So I went"),
    ("I mean, uh, the thing", "I mean, the thing"),
    ("I think, um. Then", "I think. Then"), ("um", ""), ("well um uh erm yes", "well yes"),
    ("Um. Yes", "Yes"), ("umbrella", "umbrella"),
  ]) func fillers(_ said: String, _ written: String) {
    #expect(Saying(said).written(FormattingRules([.fillers])) == written)
  }

  @Test(arguments: [
    ("we meet at five | scratch that we meet at six", "we meet at six"),
    ("we meet at five scratch that we meet at six", "we meet at six"),
    ("Hello there. We meet at five. Scratch that. we meet at six.", "Hello there. We meet at six."),
    ("hello | we meet | scratch that", "hello"), ("scratch that", ""),
    ("one | two | scratch that scratch that three", "one three"),
    ("I have to scratch that itch", "I have to scratch that itch"),
  ]) func corrections(_ said: String, _ written: String) {
    #expect(Saying(said).written(FormattingRules([.corrections])) == written)
  }

  @Test func replacements() {
    let rules = FormattingRules(
      [], replacements: ["my mail => me@example.org", "my => our", "loop => my loop", "gone =>"])
    for (said, written) in [
      ("send it to my mail, please", "send it to me@example.org, please"),
      ("my mailbox", "our mailbox"), ("My mail", "me@example.org"),
      // Written once: what was replaced is not replaced again.
      ("loop", "my loop"), ("all gone now", "all now"),
    ] { #expect(Saying(said).written(rules) == written) }
  }

  @Test func replacementsAreRead() {
    for text in ["", "x", "=> y", "... => y", String(repeating: "x ", count: 20) + "=> y"] {
      #expect(PhraseReplacement(text) == nil, "\(text)")
    }
    #expect(PhraseReplacement(" My  Mail =>  a b ")?.text == "my mail => a b")
  }

  /// Commands go on across a filler.
  @Test func fillersAreNotHeard() {
    #expect(
      Saying("snake user um id equals uh twenty six")
        .written(FormattingRules([.fillers, .casing, .symbols, .numbers])) == "user_id = 26")
  }
}
