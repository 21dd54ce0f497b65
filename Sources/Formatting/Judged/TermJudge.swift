package import Recognition
internal import Vocabulary

/// Decides by the audio of an utterance which terms were said where other words were decoded.
///
/// Terms are proposed where the model's CTC head hears them. Each is scored over the frames of
/// the words that it would replace, by the same networks that decoded them: the logarithm of the
/// best way to emit the term's tokens against that of the best way to emit those of the words
/// (forced alignment), with a reward for each token. What was decoded stays as it is everywhere
/// else, so that a list of which nothing was said changes nothing.
///
/// It works on the calling thread, for one recording at a time.
package final class TermJudge {
  /// A term for some words, and its score.
  private struct Claim {
    /// Nil where the words say the term, so that it is written without anybody's judgement.
    let entry: TokenTrie.Entry?
    let spelling: String
    let words: Range<Int>
    /// Where it was scored, and behind how many tokens.
    let frames: Range<Int>
    let before: Int
    let score: Float
  }

  /// Seconds that it took up to now.
  package private(set) var seconds = 0.0

  /// Words, and the frames over which they were scored.
  private struct Stretch: Hashable {
    let words: Range<Int>
    let frames: Range<Int>
  }

  private let model: SpeechModel
  private let matcher: TermMatcher
  private let aligner: ForcedAligner
  private let trie: TokenTrie
  private let parameters: JudgeParameters
  private var spotter: TermSpotter
  private let threshold: Float

  /// Scores above what a term needs that the networks may add to what the CTC head says.
  private static let hope: Float = 4
  /// Proposals that are scored, for each 10 s and besides.
  private static let (proposals, leastProposals) = (16, 8)
  /// Nats for each token that decoded words may cost.
  ///
  /// Speech costs at most 1.5. In hum and noise a model writes sentences that cost more than 2.4, and
  /// a few tokens would explain many seconds better than those.
  private static let mostCost: Float = 2
  /// Phrases like a term that are scored, those that the CTC head hears best.
  private static let neighbours = 16

  /// A judge for one recording.
  ///
  /// - Parameters:
  ///   - model: What decodes it.
  ///   - vocabulary: The terms.
  package init(_ model: SpeechModel, _ vocabulary: JudgedVocabulary) {
    (self.model, matcher) = (model, vocabulary.matcher)
    aligner = ForcedAligner(model)
    trie = vocabulary.trie(for: model)
    spotter = TermSpotter(trie)
    parameters = JudgeParameters(vocabulary.caution)
    threshold = parameters.threshold(terms: trie.termCount)
    spotter.reward = parameters.reward
    spotter.least = parameters.least(trie) - Self.hope
  }

  /// The terms that were said in an utterance.
  ///
  /// - Parameter evidence: What the model's networks said of it.
  /// - Returns: Terms in the order of their words, which no two of them share; those that the words
  ///   say themselves are not among them. Their tokens are counted from the utterance's first.
  package func terms(_ evidence: Evidence) -> [JudgedTerm] {
    let start = ContinuousClock.now
    defer { seconds += start.duration(to: .now) / .seconds(1) }
    let words = model.transcripts.transcript(tokens: evidence.tokens).words
    guard !words.isEmpty else { return [] }
    let spans = WordSpans(words, evidence.tokens)
    func texts(_ claim: Claim) -> [String] { words[claim.words].map(\.text) }
    let claims = claims(spans, evidence).sorted {
      ($0.score, $1.words.lowerBound) > ($1.score, $0.words.lowerBound)
    }
    var taken: [Claim] = []
    for claim in claims {
      let rivals = claims.filter { $0.words.overlaps(claim.words) && $0.spelling != claim.spelling }
      guard !taken.contains(where: { $0.words.overlaps(claim.words) }) else { continue }
      guard let entry = claim.entry else {
        taken.append(claim)
        continue
      }
      if claim.score > needed(by: entry.phrase, for: texts(claim)),
        rivals.allSatisfy({ claim.score - $0.score >= parameters.lead }),
        !hasBetterNeighbour(claim, evidence)
      {
        taken.append(claim)
      }
    }
    return taken.sorted { $0.words.lowerBound < $1.words.lowerBound }.compactMap { claim in
      guard let entry = claim.entry,
        let written = entry.phrase.written(for: texts(claim))
      else { return nil }
      return JudgedTerm(
        spelling: claim.spelling, written: written, tokens: spans.tokens(of: claim.words),
        margin: claim.score - needed(by: entry.phrase, for: texts(claim)))
    }
  }

  // MARK: - Claims

  /// What terms claim: those that words say, and those that were scored.
  private func claims(_ spans: WordSpans, _ evidence: Evidence) -> [Claim] {
    let texts = spans.words.map(\.text)
    var claims: [Claim] = []
    var decoded: [Stretch: Float] = [:]
    for proposal in proposals(evidence) {
      let entry = trie.entry(proposal.hit.entry)
      let heard = proposal.hit.frames.shifted(by: evidence.firstFrame)
      for span in spans.spans(in: heard) {
        // What cannot come near a claim for the same words need not be scored.
        let best = claims.lazy.filter { $0.words.overlaps(span) }.map(\.score).max()
        if let best, proposal.promise + Self.hope + parameters.lead < best { continue }
        let frames = spans.frames(of: span, heard, within: evidence.frames)
        let range = spans.tokens(of: span)
        func score(_ tokens: [Int]) -> Float {
          aligner.score(tokens, over: frames, after: range.lowerBound, in: evidence)
        }
        let stretch = Stretch(words: span, frames: frames)
        let base = decoded[stretch] ?? score(evidence.tokens[range].map(\.id))
        decoded[stretch] = base
        guard base >= -Self.mostCost * Float(range.count) else { continue }
        let said = score(entry.tokens)
        guard said > -.infinity else { continue }
        claims.append(
          Claim(
            entry: entry, spelling: entry.phrase.spelling, words: span, frames: frames,
            before: range.lowerBound, score: said - base + proposal.promise))
      }
    }
    // Where words say a term, they are the best evidence of it; a longer one may say more.
    let matches = matcher.matches(in: texts)
    let own = matches.map { match in
      let score = claims.filter {
        $0.spelling == match.spelling && $0.words.overlaps(match.words)
      }.map(\.score).max()
      return Claim(
        entry: nil, spelling: match.spelling, words: match.words, frames: 0..<0, before: 0,
        score: max(score ?? 0, threshold))
    }
    // What the words say without being the term is not for the audio to decide.
    claims.removeAll { claim in
      claim.entry.map { $0.phrase.isSaid(by: texts[claim.words]) } ?? false
    }
    return claims + own
  }

  /// What the CTC head hears, the most promising first.
  private func proposals(
    _ evidence: Evidence
  ) -> [(hit: TermSpotter.Hit, promise: Float)] {
    let hits = spotter.hits(in: evidence.labelScores, labels: model.tokenizer.count + 1)
    let most = Self.leastProposals + Self.proposals * evidence.frameCount / 125
    let promising = hits.map { hit in
      (hit, hit.score + parameters.reward * Float(trie.length(hit.entry)))
    }.filter { $0.1 + Self.hope > needed(by: trie.entry($0.0.entry).phrase) }
    return Array(
      promising.sorted { ($0.1, $1.0.entry) > ($1.1, $0.0.entry) }.prefix(most))
  }

  /// What the score of a phrase has to exceed.
  private func needed(by phrase: TermPhrase, for words: [String]? = nil) -> Float {
    threshold + parameters.surcharge(phrase, for: words)
  }

  // MARK: - Neighbours

  /// Whether ordinary English that is like a term says as well what was said.
  private func hasBetterNeighbour(_ claim: Claim, _ evidence: Evidence) -> Bool {
    guard let entry = claim.entry, let lead = parameters.neighbourLead else { return false }
    func promise(_ tokens: [Int]) -> Float {
      aligner.labelScore(tokens, over: claim.frames, in: evidence)
        + parameters.reward * Float(tokens.count)
    }
    func full(_ tokens: [Int], _ promise: Float) -> Float {
      aligner.score(tokens, over: claim.frames, after: claim.before, in: evidence) + promise
    }
    let own = full(entry.tokens, promise(entry.tokens))
    let rivals = Set(entry.phrase.neighbours.compactMap(tokens)).filter { !trie.contains($0) }
    let heard = rivals.map { ($0, promise($0)) }.sorted { $0.1 > $1.1 }.prefix(Self.neighbours)
    return heard.contains { full($0.0, $0.1) > own + lead }
  }

  private func tokens(of words: [[UInt8]]) -> [Int]? {
    var tokens: [Int] = []
    for word in words {
      guard let found = model.tokenizer.encodeKnown(String(decoding: word, as: UTF8.self)) else {
        return nil
      }
      tokens += found
    }
    return tokens
  }
}

extension Range<Int> {
  /// The range that begins so much later.
  fileprivate func shifted(by count: Int) -> Range<Int> {
    lowerBound + count..<upperBound + count
  }
}
