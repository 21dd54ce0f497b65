/// How a kind of model tells when its tokens were spoken; NeMo's rules.
package enum TokenTiming: Sendable {
  /// A token lasts as long as the model says; punctuation moves back to the token before it.
  case tdt
  /// A token lasts one frame.
  case rnnt
  /// A token lasts from the emission before it to its own; punctuation takes no time.
  case ctc

  /// The times of tokens.
  ///
  /// - Parameters:
  ///   - tokens: Tokens in order of emission.
  ///   - traits: What the pieces are, by id.
  /// - Returns: One time per token.
  func times(of tokens: [Token], _ traits: [PieceTraits]) -> [TokenTime] {
    var times: [TokenTime] = []
    times.reserveCapacity(tokens.count)
    for (index, token) in tokens.enumerated() {
      let traits = traits[token.id]
      switch self {
      case .tdt:
        if let previous = times.last, traits.isPunctuation {
          times.append(TokenTime(start: previous.end, end: previous.end))
        } else {
          times.append(TokenTime(start: token.frame, end: token.frame + token.duration))
        }
      case .rnnt:
        times.append(TokenTime(start: token.frame, end: token.frame + 1))
      case .ctc:
        let start = index == 0 ? max(token.frame - 1, 0) : tokens[index - 1].frame
        let end = traits.beginsWithPunctuation ? start : token.frame
        times.append(TokenTime(start: start, end: end))
      }
    }
    return times
  }
}
