package import Recognition
internal import System
package import Vocabulary

/// Terms that the audio decides about, and how.
struct JudgedVocabulary: Sendable {
  let matcher: TermMatcher
  let judging: Judging
  let tokens: TermTokens
}

/// The terms of a vocabulary as tokens of a model, made once and shared by recordings.
///
/// To make them of 20,000 terms takes a good part of a tenth of a second, so that those who must
/// not wait have others do it.
package final class TermTokens: Sendable {
  private struct Known {
    weak var model: SpeechModel?
    let trie: TokenTrie
  }

  private let matcher: TermMatcher
  private let known = Monitor<Known?>(nil)

  /// Terms; nil where nobody listed any.
  package init?(_ matcher: TermMatcher) {
    guard matcher.listedCount > 0 else { return nil }
    self.matcher = matcher
  }

  /// Makes the tokens where a model will ask for them, and nobody has done it yet.
  package func prepare(for model: SpeechModel) { if model.hasCTC { _ = trie(for: model) } }

  /// The tokens, made if they are not.
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
