internal import Recognition
internal import System
package import Vocabulary

/// Terms that the audio decides about, made ready for a model once and shared by recordings.
package final class JudgedVocabulary: Sendable {
  private struct Known {
    weak var model: SpeechModel?
    let trie: TokenTrie
  }

  let matcher: TermMatcher
  let caution: Caution
  private let known = Monitor<Known?>(nil)

  /// Terms; nil where nobody listed any.
  ///
  /// - Parameters:
  ///   - matcher: Finds them among words.
  ///   - caution: How sure the audio has to be.
  package init?(_ matcher: TermMatcher, _ caution: Caution) {
    guard matcher.listedCount > 0 else { return nil }
    (self.matcher, self.caution) = (matcher, caution)
  }

  /// The terms as tokens of a model; of 20,000 that takes a third of a second the first time.
  func trie(for model: SpeechModel) -> TokenTrie {
    known.withLock { known in
      if let known, known.model === model { return known.trie }
      let tokenizer = model.tokenizer
      let trie = TokenTrie(matcher) { tokenizer.encodeKnown($0) }
      known = Known(model: model, trie: trie)
      return trie
    }
  }
}
