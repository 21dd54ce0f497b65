internal import Foundation

/// What a term's score has to overcome, in nats.
///
/// Measured with starter-en on synthesised sentences and on 14 utterances of LibriSpeech with
/// lists of 100 and 1,442 words; a reward for each token pays for a model's prejudice against
/// strings that it has rarely seen.
package struct JudgeParameters: Sendable {
  /// For each token of the term.
  package let reward: Float
  /// What a score has to exceed with a list of 100 terms.
  let floor: Float
  /// What is added to that whenever the list grows by a factor of e.
  let perSize: Float
  /// How much better than any other term for the same words it has to be.
  package let lead: Float
  /// What is added to the floor for two usual words, which may well be said and mean themselves.
  let usual: Float
  /// What is added where the words that it would replace are ordinary English.
  let heard: Float
  /// How much better than the term a phrase of ordinary English has to be that is like it, for the
  /// term not to be written; nil for not to ask.
  package let neighbourLead: Float?

  /// The parameters.
  ///
  /// - Parameter judging: What the user wants.
  package init(_ judging: Judging) {
    let more = Float(judging.floor)
    switch judging.caution {
    case .safe:
      (reward, floor, perSize, lead) = (5, 16.5 + more, 1.6, 1)
      (usual, heard, neighbourLead) = (24, 8, 4)
    case .eager:
      (reward, floor, perSize, lead) = (5, 3 + more, 3.2, 0)
      (usual, heard, neighbourLead) = (0, 0, nil)
    }
  }

  /// What the score of any term has to exceed with a list of so many.
  package func threshold(terms: Int) -> Float { floor + perSize * max(0, log(Float(terms) / 100)) }

  /// What that of the most favoured phrase of a list has to exceed.
  package func least(_ trie: TokenTrie) -> Float {
    threshold(terms: trie.termCount) - reward * max(0, log(Float(trie.greatestWeight)))
  }

  /// What that of a phrase has to exceed besides.
  ///
  /// - Parameters:
  ///   - phrase: The phrase.
  ///   - words: What it would replace; nil where that is not known yet.
  /// - Returns: Nats.
  package func surcharge(_ phrase: TermPhrase, for words: [String]? = nil) -> Float {
    (phrase.isUsual ? usual : 0) + (words.map(TermPhrase.isOrdinary) ?? false ? heard : 0)
      - reward * log(Float(phrase.weight))
  }
}
