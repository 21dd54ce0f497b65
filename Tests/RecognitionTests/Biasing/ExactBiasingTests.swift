import Foundation
import Recognition
import TestSupport
import Testing

/// What an exact tree adds up to, compared with what a list of phrases says by itself.
@Suite struct ExactBiasingTests {
  /// Phrases that are compared one by one.
  private struct PlainList {
    let phrases: [BiasingPhrase]
    let unscored: Int?

    /// What a phrase is given: that of its tokens, each as the best phrase that begins so has it.
    func score(_ phrase: [Int]) -> Float {
      var (sum, rank) = (Float(0), 0)
      for end in phrase.indices where phrase[end] != unscored {
        let begun = phrases.filter { $0.tokens.starts(with: phrase[...end]) }
        let context = begun.map { $0.contextScore ?? 1 }.max() ?? 0
        sum += rank == 0 ? context : 2 * context + log(Float(rank + 1))
        rank += 1
      }
      return sum
    }

    /// What tokens are given: each longest phrase, from the left.
    func score(of tokens: [Int]) -> Float {
      var (sum, place) = (Float(0), 0)
      while place < tokens.count {
        let said = phrases.map(\.tokens).filter { tokens[place...].starts(with: $0) }
        if let longest = said.max(by: { $0.count < $1.count }) {
          sum += score(longest)
          place += longest.count
        } else {
          place += 1
        }
      }
      return sum
    }
  }

  private func score(_ tree: BiasingTree, of tokens: [Int]) -> Float {
    var (sum, node) = (Float(0), 0)
    for token in tokens {
      let step = tree.advance(token, from: node)
      (sum, node) = (sum + step.score, step.node)
    }
    return sum + tree.end(at: node)
  }

  private func randomList(_ random: inout Seeded) -> [BiasingPhrase] {
    let letters = Int.random(in: 2...4, using: &random)
    return (0..<Int.random(in: 1...6, using: &random)).map { _ in
      BiasingPhrase(
        (0..<Int.random(in: 1...6, using: &random)).map { _ in
          Int.random(in: 0..<letters, using: &random)
        },
        contextScore: Bool.random(using: &random) ? nil : Float.random(in: 0.5...4, using: &random))
    }
  }

  @Test func scoresAddUpToThoseOfFinishedPhrases() {
    var random = Seeded(14)
    for round in 0..<3_000 {
      let phrases = randomList(&random)
      let unscored = round.isMultiple(of: 3) ? 0 : nil
      let list = PlainList(phrases: phrases, unscored: unscored)
      let tree = BiasingTree(phrases, BiasingSettings(.exact(unscored: unscored)))
      for _ in 0..<4 {
        let tokens = (0..<Int.random(in: 0...14, using: &random)).map { _ in
          Int.random(in: 0..<5, using: &random)
        }
        let (found, expected) = (score(tree, of: tokens), list.score(of: tokens))
        #expect(abs(found - expected) < 1e-3, "\(phrases.map(\.tokens)): \(tokens)")
      }
    }
  }

  /// NeMo's tree takes "retry" back when "retry count" breaks off.
  @Test func aFinishedPhraseIsKept() {
    let phrases = [[1, 2, 3], [1, 2, 3, 4, 5]].map { BiasingPhrase($0) }
    let (exact, nemo) = (
      BiasingTree(phrases, BiasingSettings(.exact(unscored: nil))),
      BiasingTree(phrases, BiasingSettings(.nemo()))
    )
    let whole = score(exact, of: [1, 2, 3])
    #expect(whole > 5)
    for tail in [[4], [4, 6], [4, 1], [6]] {
      #expect(abs(score(exact, of: [1, 2, 3] + tail) - whole) < 1e-4, "\(tail)")
    }
    #expect(abs(score(nemo, of: [1, 2, 3, 4, 6])) < 1e-4)
    #expect(score(exact, of: [1, 2, 3, 4, 5, 6]) > whole + 5)
  }

  @Test func theOrderOfPhrasesDoesNotMatter() {
    var random = Seeded(3)
    for _ in 0..<300 {
      let phrases = randomList(&random)
      let settings = BiasingSettings(.exact(unscored: nil))
      let (one, other) = (
        BiasingTree(phrases, settings), BiasingTree(phrases.shuffled(using: &random), settings)
      )
      #expect(one.nodeCount == other.nodeCount)
      for node in 0..<one.nodeCount {
        for token in 0..<5 {
          let (a, b) = (one.advance(token, from: node), other.advance(token, from: node))
          #expect(a.score == b.score && a.node == b.node)
        }
        #expect(one.end(at: node) == other.end(at: node))
      }
    }
  }

  @Test func noPhrasesChangeNothing() {
    for phrases in [[], [BiasingPhrase([])]] {
      let tree = BiasingTree(phrases, BiasingSettings(.exact(unscored: nil)))
      #expect(tree.nodeCount == 1)
      #expect(tree.advance(3, from: 0).score == 0)
      #expect(tree.end(at: 0) == 0)
    }
  }

  /// Twenty thousand terms in three spellings of eight tokens.
  @Test func itIsCompact() {
    var random = Seeded(20)
    let phrases = (0..<60_000).map { _ in
      BiasingPhrase((0..<8).map { _ in Int.random(in: 0..<1_024, using: &random) })
    }
    let tree = BiasingTree(phrases, BiasingSettings(.exact(unscored: nil)))
    #expect(tree.nodeCount > 300_000)
    #expect(tree.byteCount <= 15 << 20)
  }
}
