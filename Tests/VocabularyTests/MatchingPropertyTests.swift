import TestSupport
import Testing
import Vocabulary

/// What holds for any list and any words.
@Suite struct MatchingPropertyTests {
  private static let parts = [
    "dodo", "hook", "user", "retry", "HTTP", "id", "get", "Cache", "x", "2", "v2", "json", "kube",
    "i", "O", "s", "C", "+", "#", ".js", "256", "_", "web",
  ]
  private static let separators = ["", "_", "-", ".", "/", "::", " "]
  private static let listed = ["box", "two box", "user", "jason box", "the box"]

  /// Terms made of a few parts, so that many begin alike, and say parts of each other.
  private static func terms(_ count: Int, _ random: inout Seeded) -> [Term] {
    (0..<count).map { _ in
      let separator = separators.randomElement(using: &random) ?? ""
      let words = (0..<Int.random(in: 1...4, using: &random)).map { index in
        let part = parts.randomElement(using: &random) ?? ""
        return separator.isEmpty && index > 0
          ? part.prefix(1).uppercased() + part.dropFirst() : part
      }
      let origin = Term.Origin.allCases.randomElement(using: &random) ?? .global
      let isListed = origin != .automatic && Int.random(in: 0..<4, using: &random) == 0
      let form = listed.randomElement(using: &random) ?? "box"
      return Term(
        words.joined(separator: separator), spoken: isListed ? [form] : [],
        weight: Double(Int.random(in: 1...3, using: &random)),
        guard: origin == .automatic ? .on : Bool.random(using: &random) ? .off : .automatic,
        origin: origin)
    }
  }

  /// Prose with terms in it, said in one of their ways.
  private static func words(_ terms: [Term], _ random: inout Seeded) -> [String] {
    (0..<Int.random(in: 1...8, using: &random)).flatMap { _ -> [String] in
      let forms = terms.randomElement(using: &random)?.forms ?? []
      let form = forms.randomElement(using: &random)?.words ?? ["well"]
      let said = Bool.random(using: &random) ? form : Array(form.dropLast())
      let mark = ["", ",", ".", "'s", "’s", "?", "\""].randomElement(using: &random) ?? ""
      return (Bool.random(using: &random) ? ["the"] : []) + said.dropLast()
        + said.suffix(1).map { $0 + mark }
    }
  }

  @Test func orderAndRepetitionsDoNotMatter() {
    var random = Seeded(1)
    for _ in 0..<40 {
      let terms = Self.terms(20, &random)
      let words = Self.words(terms, &random)
      let expected = TermMatcher(terms).replacingTerms(in: words)
      let shuffled = (terms + terms.prefix(5)).shuffled(using: &random)
      #expect(TermMatcher(shuffled).replacingTerms(in: words) == expected)
    }
  }

  @Test func replacingTwiceIsReplacingOnce() {
    var random = Seeded(2)
    for _ in 0..<(isDebug ? 200 : 2_000) {
      let terms = Self.terms(12, &random)
      let matcher = TermMatcher(terms)
      let once = matcher.replacingTerms(in: Self.words(terms, &random))
      let again = once.flatMap { $0.split(separator: " ").map(String.init) }
      let twice = matcher.replacingTerms(in: again)
      #expect(
        twice.joined(separator: " ") == again.joined(separator: " "),
        "\(terms.map(VocabularyList.line))")
    }
  }

  @Test func unrelatedTermsChangeNothing() {
    var random = Seeded(3)
    let prose = """
      Well, we went there on the 3rd of May; it wasn't far (2 miles, at most). "Who's there?" she
      asked. Nobody answered, so they're gone – or so we thought. Is it 5 o'clock? It's 5:30.
      """
    let words = prose.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
    let terms = Self.terms(500, &random).filter {
      $0.spelling.utf8.count > 6 && $0.spoken.isEmpty
    }
    #expect(TermMatcher(terms).replacingTerms(in: words) == words)
    #expect(TermMatcher([]).replacingTerms(in: words) == words)
  }

  /// Wherever a dictation is cut, its text is the same, and no word that was settled changes.
  @Test func cutsDoNotMatter() {
    var random = Seeded(4)
    for _ in 0..<(isDebug ? 100 : 1_000) {
      let terms = Self.terms(15, &random)
      let matcher = TermMatcher(terms)
      let words = Self.words(terms, &random)
      var settled: [String] = []
      var pending: [String] = []
      for word in words {
        pending.append(word)
        if Bool.random(using: &random) { continue }
        let closed = pending.count - matcher.openWords(pending)
        settled += matcher.replacingTerms(in: Array(pending[..<closed]))
        pending.removeFirst(closed)
      }
      settled += matcher.replacingTerms(in: pending)
      #expect(settled == matcher.replacingTerms(in: words), "\(words)")
    }
  }

  @Test func anyWordsAreReadWithoutHarm() {
    var random = Seeded(5)
    let alphabet = Array("abAB12 '’\"-_.,/é߯\u{301}ひ🙂\u{200D}\u{0}#+")
    func text(_ longest: Int) -> String {
      String(
        (0..<Int.random(in: 0...longest, using: &random)).map { _ in
          alphabet.randomElement(using: &random) ?? "a"
        })
    }
    for _ in 0..<100 {
      let terms = (0..<5).map { _ in Term(text(8), spoken: [text(8)], guard: .off) }
      let words = (0..<20).map { _ in text(5) }
      let matches = TermMatcher(terms).matches(in: words)
      #expect(matches.allSatisfy { !$0.words.isEmpty && $0.words.upperBound <= words.count })
      #expect(
        zip(matches, matches.dropFirst()).allSatisfy {
          $0.words.upperBound <= $1.words.lowerBound
        })
    }
  }
}
