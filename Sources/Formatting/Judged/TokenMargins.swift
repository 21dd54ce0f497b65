internal import Recognition

/// Tells how much each token of a term adds to its margin.
struct TokenMargins {
  /// What is compared, and where.
  struct Contest {
    /// Tokens of the term, and those that were decoded.
    let term, decoded: [Int]
    /// The frames of both, and where the CTC head hears the term.
    let frames, heard: Range<Int>
    /// Tokens of the evidence that come before.
    let before: Int
  }

  let aligner: ForcedAligner
  let tokenizer: Tokenizer
  /// Nats for each token.
  let reward: Float

  /// The tokens' parts of a margin.
  ///
  /// A token has the steps that lead to it, in the term's best way and in the CTC head's, against
  /// what was decoded in the frames of these.
  ///
  /// - Parameters:
  ///   - contest: What is compared.
  ///   - needed: What the term's score has to exceed, of which each token bears its share.
  ///   - evidence: What the networks said.
  /// - Returns: The tokens; none where they do not fit.
  func margins(
    _ contest: Contest, needed: Float, _ evidence: Evidence
  ) -> [TermAccount.TokenMargin] {
    let count = contest.term.count
    func way(_ tokens: [Int]) -> TokenAlignment? {
      aligner.alignment(tokens, over: contest.frames, after: contest.before, in: evidence)
    }
    guard let said = way(contest.term), let decoded = way(contest.decoded) else { return [] }
    let heard = aligner.labelAlignment(contest.term, over: contest.heard, in: evidence)
    var margins = [Float](repeating: reward - needed / Float(count), count: count)
    for step in said.steps + (heard?.steps ?? []) { margins[step.token] += step.score }
    for step in decoded.steps {
      // The first token has what lies before it.
      let token = said.steps.last { $0.frame <= step.frame }?.token ?? 0
      margins[token] -= step.score
    }
    return (0..<count).map { token in
      let last = said.steps.last { $0.token == token }
      return TermAccount.TokenMargin(
        piece: tokenizer.piece(contest.term[token]),
        frame: contest.frames.lowerBound + (last?.frame ?? 0), margin: margins[token])
    }
  }
}
