internal import Glibc

/// A string of tokens that a beam search has not given up.
struct Hypothesis {
  /// The last token in the search's history; −1 for none.
  var tail: Int32 = -1
  /// How many tokens it has, and what tells it from most others.
  var length: Int32 = 0
  var hash: UInt64 = 0
  /// The slot of the network's state, and a token that is not yet taken in there; −1 for none.
  var slot: Int32
  var pending: Int32 = -1
  /// Logarithm of the probability of all ways to it that were looked at.
  var logProbability: Float = 0
  /// What phrases add to that.
  var bonus: Float = 0
  /// The place among the phrases that are favoured; nil for none.
  var cursor: BiasingCursor?

  /// What hypotheses at the same frame are compared by.
  var score: Float { logProbability + bonus }

  /// The same at the end, where what is not finished of a phrase is worth nothing.
  var finalScore: Float { score + (cursor?.end ?? 0) }

  /// Takes a token in, which is in the history already.
  mutating func append(_ token: Int, at place: Int, frame: Int) {
    (tail, pending) = (Int32(place), Int32(token))
    length += 1
    hash = (hash ^ UInt64(token + 1)) &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 29
    bonus += cursor?.accept(token, frame: frame) ?? 0
  }

  /// Takes in what else leads to the same string; what phrases add is the same and counts once.
  mutating func add(_ other: Hypothesis) {
    let sum = Self.sum(logProbability, other.logProbability)
    if other.score > score { self = other }
    logProbability = sum
  }

  /// The logarithm of the sum of two probabilities.
  private static func sum(_ a: Float, _ b: Float) -> Float {
    let (high, low) = a > b ? (a, b) : (b, a)
    return low > -.infinity ? high + log1pf(expf(low - high)) : high
  }
}

/// A token in the history of a beam search, and the one before it; −1 for none.
struct PastToken {
  let token: Token
  let before: Int32
}
