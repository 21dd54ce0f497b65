import Foundation
import TestSupport
import Testing
import Vocabulary

/// Phrases as tokens, and where a CTC head hears them.
@Suite struct TermSpotterTests {
  /// A token for each letter, "a" to "h"; other words cannot be written.
  private static func letters(_ word: String) -> [Int]? {
    let tokens = word.utf8.map { Int($0) - 0x61 }
    return tokens.allSatisfy((0..<8).contains) ? tokens : nil
  }

  private static func trie(_ terms: [Term]) -> TokenTrie {
    TokenTrie(TermMatcher(terms), encode: letters)
  }

  private static func spellings(_ trie: TokenTrie) -> Set<String> {
    Set((0..<trie.count).map { trie.entry($0).phrase.spelling })
  }

  @Test func phrasesThatAreSaid() {
    let trie = Self.trie([
      Term("faceBad"), Term("Zed"), Term("dab"), Term("Bad"), Term("HEAD", guard: .off),
    ])
    // Zed has a letter without a token; "bad" is a word that means itself, "dab" stays one.
    #expect(Self.spellings(trie) == ["faceBad", "dab", "HEAD"])
    #expect(trie.termCount == 5)
    #expect(trie.contains([5, 0, 2, 4, 1, 0, 3]))
    // Names of files that nobody listed are left to the words.
    #expect(Self.trie([Term("faceBad", origin: .automatic)]).count == 0)
    #expect(!trie.contains([5, 0, 2, 4]) && !trie.contains([]))
  }

  /// Of terms that are said alike one is written, whatever their order.
  @Test func oneTermForOnePhrase() {
    let terms = [Term("fab_cad"), Term("fabCad", weight: 2), Term("FabCad")]
    for terms in [terms, terms.reversed()] {
      let trie = Self.trie(terms)
      let entry = (0..<trie.count).map(trie.entry).first { $0.tokens == [5, 0, 1, 2, 0, 3] }
      #expect(entry?.phrase.spelling == "fabCad")
    }
  }

  /// A model that writes capitals may write them where a sentence or a name begins.
  @Test func modelsWithCapitals() {
    let trie = TokenTrie(TermMatcher([Term("cabHead"), Term("Ada Deed")])) { word in
      word.utf8.map { Int($0) }
    }
    func contains(_ words: String...) -> Bool {
      trie.contains(words.flatMap { $0.utf8.map { Int($0) } })
    }
    #expect(contains("cab", "head") && contains("Cab", "head") && contains("Cab", "Head"))
    #expect(contains("Ada", "Deed") && !contains("CAB", "HEAD"))
  }

  /// The best score of a phrase over all stretches, by all its ways.
  private static func best(
    _ tokens: [Int], _ scores: [[Float]], from: Int, to: Int
  ) -> Float {
    var states = [Float](repeating: -.infinity, count: 2 * tokens.count)
    for frame in from..<to {
      let row = scores[frame]
      let highest = row.max() ?? 0
      var next = [Float](repeating: -.infinity, count: states.count)
      for place in tokens.indices {
        let label = row[tokens[place]] - highest
        var before = max(states[2 * place], -.infinity)
        if place == 0, frame == from { before = 0 }
        if place > 0 {
          before = max(before, states[2 * place - 1])
          if tokens[place] != tokens[place - 1] { before = max(before, states[2 * place - 2]) }
        }
        next[2 * place] = before + label
        next[2 * place + 1] =
          max(states[2 * place], states[2 * place + 1]) + (row.last ?? 0) - highest
      }
      states = next
    }
    return states[2 * tokens.count - 2]
  }

  /// The best hit of each phrase is the best there is over all stretches of frames.
  @Test func bestHitsAreFound() {
    var random = Seeded(5)
    for _ in 0..<40 {
      let terms = (0..<8).map { index in
        Term(
          "Term\(index)",
          spoken: [
            String(
              (0..<Int.random(in: 2...4, using: &random)).map { _ in
                "abcdefgh".randomElement(using: &random) ?? "a"
              })
          ], guard: .off)
      }
      let trie = Self.trie(terms)
      var spotter = TermSpotter(trie)
      spotter.margin = 1_000
      let frames = Int.random(in: 1...10, using: &random)
      let scores = (0..<frames).map { _ in random.floats(9, in: -6...0) }
      let hits = spotter.hits(in: scores.flatMap(\.self), labels: 9)
      for index in 0..<trie.count {
        let entry = trie.entry(index)
        #expect(trie.length(index) == entry.tokens.count && trie.contains(entry.tokens))
        var expected = -Float.infinity
        for from in 0..<frames {
          for to in from + 1...frames {
            expected = max(expected, Self.best(entry.tokens, scores, from: from, to: to))
          }
        }
        let found = hits.filter { $0.entry == index }.map(\.score).max() ?? -.infinity
        #expect(found == expected || abs(found - expected) < 1e-3, "\(entry.tokens)")
      }
      // What cannot be enough any more is not followed, and nothing else is lost.
      var strict = spotter
      (strict.least, strict.reward) = (2, 4)
      func isEnough(_ hit: TermSpotter.Hit) -> Bool {
        hit.score + 4 * Float(trie.length(hit.entry)) > 2
      }
      let best = Dictionary(grouping: hits.filter(isEnough), by: \.entry)
        .mapValues { $0.map(\.score).max() }
      let kept = strict.hits(in: scores.flatMap(\.self), labels: 9).filter(isEnough)
      #expect(Dictionary(grouping: kept, by: \.entry).mapValues { $0.map(\.score).max() } == best)
      // Nothing stays behind for the next utterance.
      #expect(spotter.hits(in: scores.flatMap(\.self), labels: 9) == hits)
    }
  }

  /// A head that hears nothing of the list proposes nothing.
  @Test func silenceHasNoHits() {
    let trie = Self.trie([Term("faceBad"), Term("cabHead")])
    var spotter = TermSpotter(trie)
    let silence = (0..<200).flatMap { _ in [Float](repeating: -20, count: 8) + [0] }
    #expect(spotter.hits(in: silence, labels: 9).isEmpty)
  }

  @Test func neighboursMeanThemselves() throws {
    let phrase = try #require(
      TermMatcher([Term("getUserName")]).phrases.first { $0.words.count == 3 })
    let neighbours = phrase.neighbours.map { words in
      words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
    #expect(neighbours.contains("get the user name"))
    #expect(neighbours.contains("get user names"))
    #expect(neighbours.contains("gets user name"))
    #expect(!neighbours.contains("get user name"))
    #expect(!neighbours.contains("get usered name"))
  }

  /// What leaves half a compound out, or a word, means something else.
  @Test(arguments: [
    ("handleWebhookRetry", "handle web retry"), ("handleWebhookRetry", "handle retry"),
    ("webhook", "web hooks"), ("sessionKeies", "session keys"),
  ]) func neighboursLeaveSomethingOut(_ spelling: String, _ neighbour: String) {
    let neighbours = TermMatcher([Term(spelling)]).phrases.flatMap(\.neighbours).map { words in
      words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
    #expect(neighbours.contains(neighbour))
  }

  @Test(arguments: [
    ("userId", true), ("userIds", true), ("retryCount", true), ("Nextdoor", true),
    ("getUserName", false), ("webhookRetryCount", false), ("threeFiveNine", false),
  ]) func usualPhrases(_ spelling: String, _ isUsual: Bool) {
    let phrases = TermMatcher([Term(spelling)]).phrases.filter { !$0.isSpelledAsSaid }
    #expect(!phrases.isEmpty)
    // Whoever says it as one word is heard to say it as several.
    #expect(phrases.allSatisfy { $0.isUsual == isUsual || !isUsual && $0.words.count < 3 })
    #expect(phrases.contains { $0.isUsual == isUsual })
  }

  /// Usual words, those that replace them, and a longer list have to be surer; weight makes up.
  @Test func whatAScoreHasToOvercome() throws {
    func phrase(_ term: Term) throws -> TermPhrase {
      try #require(TermMatcher([term]).phrases.first { !$0.isSpelledAsSaid })
    }
    let (usual, plain) = (try phrase(Term("userId")), try phrase(Term("getUserName")))
    let safe = JudgeParameters(Judging(.safe))
    let eager = JudgeParameters(Judging(.eager))
    #expect(safe.surcharge(usual) > safe.surcharge(plain))
    #expect(safe.surcharge(plain, for: ["the", "use"]) > safe.surcharge(plain, for: ["yuzer"]))
    #expect(safe.surcharge(plain, for: ["yuzer"]) == safe.surcharge(plain))
    #expect(eager.surcharge(usual, for: ["the", "use"]) == 0)
    #expect(try safe.surcharge(phrase(Term("getUserName", weight: 3))) < safe.surcharge(plain))
    let strict = JudgeParameters(Judging(.safe, floor: 3))
    #expect(strict.threshold(terms: 20_000) == safe.threshold(terms: 20_000) + 3)
    #expect(safe.threshold(terms: 20_000) > safe.threshold(terms: 100))
  }

  @Test func marksStayRoundTerms() throws {
    let phrase = try #require(TermMatcher([Term("userId")]).phrases.first)
    #expect(phrase.written(for: ["(use", "her", "id,"]) == "(userId,")
    #expect(phrase.written(for: []) == nil)
    #expect(phrase.isSaid(by: ["user", "id."]) && phrase.isSaid(by: ["userId"]))
    #expect(!phrase.isSaid(by: ["users", "id"]))
  }
}
