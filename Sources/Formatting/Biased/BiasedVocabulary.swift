package import Recognition
internal import System
package import Vocabulary

/// Terms that recognition favours, made ready for a model once and shared by recordings.
package final class BiasedVocabulary: Sendable {
  private struct Known {
    weak var model: SpeechModel?
    let tree: BiasingTree
  }

  private let matcher: TermMatcher
  private let known = Monitor<Known?>(nil)

  /// What the tree's scores are multiplied with.
  private static let alpha: Float = 0.75

  /// Terms; nil where nobody listed any.
  ///
  /// - Parameter matcher: Finds them among words.
  package init?(_ matcher: TermMatcher) {
    guard matcher.listedCount > 0 else { return nil }
    self.matcher = matcher
  }

  /// The ways to say the terms, as a recording of a model begins with them; of 20,000 that takes
  /// half a second the first time.
  package func biasing(for model: SpeechModel) -> Biasing {
    let tree = known.withLock { known in
      if let known, known.model === model { return known.tree }
      let tree = Self.tree(matcher, model.tokenizer)
      known = Known(model: model, tree: tree)
      return tree
    }
    return Biasing(tree, alpha: Self.alpha)
  }

  private static func tree(_ matcher: TermMatcher, _ tokenizer: Tokenizer) -> BiasingTree {
    let trie = TokenTrie(matcher) { tokenizer.encodeKnown($0) }
    let phrases = (0..<trie.count).map { number in
      let entry = trie.entry(number)
      let weight = Float(entry.phrase.weight)
      return BiasingPhrase(entry.tokens, contextScore: weight == 1 ? nil : weight)
    }
    let space = (0..<tokenizer.count).first { tokenizer.piece($0) == "▁" }
    return BiasingTree(phrases, BiasingSettings(.exact(unscored: space)))
  }
}
