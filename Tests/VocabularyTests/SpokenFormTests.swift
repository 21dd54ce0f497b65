import Testing
import Vocabulary

/// How spellings are said.
@Suite struct SpokenFormTests {
  /// Spellings and their forms, the usual one first; "!" before one that is ordinary English or
  /// leaves something out, and is not enough to write the term.
  static let table: [(spelling: String, forms: [String])] = [
    ("handleDodoWebhookRetry", ["handle dodo web hook retry", "handle dodo webhook retry"]),
    ("HTTPServer2", ["h t t p server two", "h t t p server 2"]),
    ("useRBACv2", ["use r b a c v two", "use are back v two"]),
    ("URLs", ["u r l s", "!earls"]),
    ("userIDs", ["user i d s"]),
    ("parseJSONv2", ["parse jason v two", "parse j s o n v two"]),
    ("IPv6Addr", ["i p v six adder", "i p v six address"]),
    ("getHTTPSURL", ["get h t t p s u r l"]),
    ("MyXMLHttpRequest", ["my x m l h t t p request", "my x m l http request"]),
    ("toISOString", ["to i s o string", "to iso string"]),
    ("UTF8Decoder", ["u t f eight decoder"]),
    ("sha256", ["sha two fifty six", "s h a two five six"]),
    ("x86_64", ["x eighty six sixty four", "x eight six underscore six four"]),
    ("user_id", ["user id", "user i d", "user underscore id"]),
    ("MAX_RETRY_COUNT", ["max retry count", "maximum retry count"]),
    ("kebab-case-name", ["kebab case name", "kebab dash case dash name"]),
    ("__init__", ["dunder init", "!init"]),
    ("_private", ["!private", "underscore private"]),
    ("std::vector", ["s t d vector", "!standard vector", "s t d colon colon vector"]),
    ("main.rs", ["main dot r s", "main r s"]),
    ("Cargo.toml", ["cargo dot tom el", "cargo toml"]),
    ("docker-compose.yml", ["docker compose dot y m l", "docker compose yammel"]),
    (
      "src/app/page.tsx",
      ["source app page dot t s x", "src slash app slash page dot t s x"]
    ),
    ("package.json", ["package dot jason", "package json"]),
    ("README.md", ["read me", "readme dot m d"]),
    ("useEffect", ["use effect"]),
    ("useState", ["use state"]),
    ("setUserName", ["set user name"]),
    ("i", []),
    ("sudo", ["sue do", "!pseudo"]),
    ("kubectl", ["cube control", "cube c t l", "cube cuddle", "kube control"]),
    ("nginx", ["engine x", "n ginx"]),
    ("PostgreSQL", ["post gress q l", "postgres sequel", "postgre s q l"]),
    ("OAuth2", ["o auth two", "o auth 2"]),
    ("gRPC", ["g r p c"]),
    ("eBPF", ["e b p f"]),
    ("iOS", ["i o s"]),
    ("macOS", ["mac o s"]),
    ("GitHub", ["git hub"]),
    ("TypeScript", ["type script"]),
    ("k8s", ["k eight s", "kates"]),
    ("i18n", ["i eighteen n"]),
    ("n8n", ["n eight n"]),
    ("C++", ["c plus plus"]),
    ("C#", ["c sharp"]),
    ("F#", ["f sharp"]),
    ("Vue.js", ["view j s", "vue dot j s"]),
    ("Node.js", ["node j s", "node dot j s"]),
    (".NET", ["dot net"]),
    ("--no-verify", ["dash dash no verify", "!no verify"]),
    ("-rf", ["dash r f"]),
    (
      "v1.2.3-rc.1",
      ["version one dot two dot three r c one", "v one point two point three r c one"]
    ),
    ("3.11", ["three eleven", "three point eleven", "three dot one one"]),
    ("8080", ["eighty eighty", "eight oh eight oh", "eight thousand eighty"]),
    ("127.0.0.1", ["one twenty seven dot zero dot zero dot one"]),
    ("550e8400-e29b-41d4-a716-446655440000", []),
    ("Ü-Bahn", ["ü bahn"]),
    ("R&D", ["r and d"]),
    ("O'Reilly", ["o reilly", "o riley"]),
    ("p99", ["p ninety nine"]),
    ("main", ["!main"]),
    ("JSON", ["!jason", "j s o n"]),
    ("LICENSE", ["!license", "l i c e n s e"]),
    ("v4l2", ["v four l two"]),
    ("pull request", ["pull request"]),
    ("don't repeat", ["don't repeat"]),
  ]

  @Test(arguments: table) func isSaid(_ spelling: String, _ expected: [String]) {
    let term = Term(spelling)
    let forms = term.forms
    let texts = forms.map(\.text)
    #expect(forms.count <= 16)
    #expect(Set(texts).count == texts.count)
    if let first = expected.first {
      #expect(texts.first == first.replacing("!", with: ""))
    } else {
      #expect(forms.isEmpty)
    }
    for form in expected {
      let text = form.replacing("!", with: "")
      if form.hasPrefix("!") { #expect(texts.contains(text), "\(text) in \(texts)") }
      let words = text.split(separator: " ").map(String.init)
      let isWritten = TermMatcher([term]).replacingTerms(in: words) != words
      #expect(isWritten != form.hasPrefix("!"), "\(form)")
    }
  }
}
