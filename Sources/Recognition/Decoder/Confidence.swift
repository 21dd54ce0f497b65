internal import Glibc

/// How sure a model is of a token: 0 for a guess, 1 for certainty.
///
/// Each measure takes the scores of all V+1 tokens, blank included and durations not; logits and
/// log-probabilities give the same result, because they are normalised here. There are NeMo's
/// measures with its defaults. O(V), no allocation.
package enum Confidence {
  /// The exponent of Tsallis entropy; NeMo's default.
  private static let tsallisAlpha = 0.33

  /// The probability of the best token, scaled so that a uniform guess gives 0.
  ///
  /// - Parameter scores: Logits or log-probabilities of V+1 tokens, at least two.
  /// - Returns: 0 … 1.
  package static func maximumProbability(_ scores: UnsafeBufferPointer<Float>) -> Float {
    let softmax = LogSoftmax(scores)
    let count = Double(scores.count)
    let highest = exp(softmax.logProbability(softmax.highest))
    return Float((highest * count - 1) / (count - 1))
  }

  /// Tsallis entropy with α = 0.33, turned to confidence exponentially; NeMo's default.
  ///
  /// - Parameter scores: Logits or log-probabilities of V+1 tokens, at least two.
  /// - Returns: 0 … 1.
  package static func tsallisEntropy(_ scores: UnsafeBufferPointer<Float>) -> Float {
    let softmax = LogSoftmax(scores)
    let powers = scores.reduce(0.0) { $0 + exp(softmax.logProbability($1) * tsallisAlpha) }
    let negativeEntropy = exp((1 - powers) / (1 - tsallisAlpha))
    let least = exp((1 - pow(Double(scores.count), 1 - tsallisAlpha)) / (1 - tsallisAlpha))
    return Float((negativeEntropy - least) / (1 - least))
  }

  /// Gibbs (Shannon) entropy, turned to confidence linearly.
  ///
  /// - Parameter scores: Logits or log-probabilities of V+1 tokens, at least two.
  /// - Returns: 0 … 1.
  package static func gibbsEntropy(_ scores: UnsafeBufferPointer<Float>) -> Float {
    let softmax = LogSoftmax(scores)
    let negativeEntropy = scores.reduce(0.0) { sum, score in
      let logProbability = softmax.logProbability(score)
      let probability = exp(logProbability)
      // 0 · log 0 is 0 here.
      return probability > 0 ? sum + probability * logProbability : sum
    }
    return Float(1 + negativeEntropy / log(Double(scores.count)))
  }

  /// The natural logarithm of one token's probability.
  ///
  /// - Parameters:
  ///   - scores: Logits or log-probabilities of V+1 tokens.
  ///   - token: The token.
  /// - Returns: At most 0.
  package static func logProbability(_ scores: UnsafeBufferPointer<Float>, of token: Int) -> Float {
    Float(LogSoftmax(scores).logProbability(scores[token]))
  }

  /// The natural logarithm of every token's probability.
  static func logProbabilities(_ scores: UnsafeBufferPointer<Float>) -> [Float] {
    let softmax = LogSoftmax(scores)
    return scores.map { Float(softmax.logProbability($0)) }
  }

  /// Normalisation in double precision.
  private struct LogSoftmax {
    let highest: Float
    private let logSum: Double

    init(_ scores: UnsafeBufferPointer<Float>) {
      let highest = scores.max() ?? 0
      self.highest = highest
      logSum = log(scores.reduce(0.0) { $0 + exp(Double($1) - Double(highest)) })
    }

    func logProbability(_ score: Float) -> Double {
      Double(score) - Double(highest) - logSum
    }
  }
}
