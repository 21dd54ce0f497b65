internal import Glibc
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
    /// Where it was scored, where it was heard, and behind how many tokens.
    let frames, heard: Range<Int>
    let before: Int
    /// Whether it would be looked for if nobody asked.
    let isProposed: Bool
    /// Whether the model believes the words that it would replace.
    let isBelievable: Bool
    let score: Float
    /// Nats by which that exceeds what it has to.
    let margin: Float
  }

  /// What became of terms up to now, where somebody asked.
  package private(set) var accounts: [TermAccount] = []

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
  /// What the score of the most favoured term has to exceed.
  private let least: Float
  /// Terms that are looked for however little the audio says them; nil where nobody wants accounts.
  private let wanted: Set<String>?

  /// Scores above what a term needs that the networks may add to what the CTC head says.
  private static let hope: Float = 4
  /// Proposals that are scored, for each 10 s and besides.
  private static let (proposals, leastProposals) = (16, 8)
  /// Nats for each token that decoded words may cost.
  ///
  /// Speech costs at most 1.5. In hum and noise a model writes sentences that cost more than 2.4,
  /// and a few tokens would explain many seconds better than those.
  private static let mostCost: Float = 2
  /// Nats for each token that a term may cost: those that were said cost at most 4.4.
  private static let mostTermCost: Float = 5
  /// Nats that a term may fall behind for which somebody asks.
  private static let far: Float = 12
  /// Phrases like a term that are scored, those that the CTC head hears best.
  private static let neighbours = 16

  /// A judge for one recording.
  ///
  /// - Parameters:
  ///   - model: What decodes it.
  ///   - vocabulary: The terms.
  ///   - wanted: Gives accounts of what becomes of terms, and looks for these, by their spellings,
  ///     however little the audio says them; nil for no accounts.
  init(
    _ model: SpeechModel, _ vocabulary: JudgedVocabulary, explaining wanted: Set<String>? = nil
  ) {
    (self.model, matcher, self.wanted) = (model, vocabulary.matcher, wanted)
    aligner = ForcedAligner(model)
    trie = vocabulary.tokens.trie(for: model)
    spotter = TermSpotter(trie)
    parameters = JudgeParameters(vocabulary.judging)
    threshold = parameters.threshold(terms: trie.termCount)
    spotter.reward = parameters.reward
    least = parameters.least(trie)
    spotter.least = least - Self.hope
    guard let wanted, !wanted.isEmpty else { return }
    (spotter.least, spotter.margin, spotter.marginPerToken) = (-.infinity, Self.far, Self.far)
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
    let claims = claims(spans, evidence).sorted {
      ($0.score, $1.words.lowerBound) > ($1.score, $0.words.lowerBound)
    }
    var taken: [Claim] = []
    for claim in claims {
      let verdict = verdict(claim, among: claims, taken, evidence)
      if verdict == .written || verdict == .said { taken.append(claim) }
      note(claim, verdict, spans, evidence)
    }
    return taken.sorted { $0.words.lowerBound < $1.words.lowerBound }.compactMap { claim in
      let texts = words[claim.words].map(\.text)
      guard let entry = claim.entry, let written = entry.phrase.written(for: texts) else {
        return nil
      }
      return JudgedTerm(
        spelling: claim.spelling, written: written, tokens: spans.tokens(of: claim.words),
        margin: claim.margin)
    }
  }

  /// What becomes of a claim behind others that are taken already.
  private func verdict(
    _ claim: Claim, among claims: [Claim], _ taken: [Claim], _ evidence: Evidence
  ) -> TermAccount.Verdict {
    if let other = taken.first(where: { $0.words.overlaps(claim.words) }) {
      return .taken(other.spelling)
    }
    guard claim.entry != nil else { return .said }
    guard claim.isBelievable else { return .doubtful }
    // Who asks for a term wants to know of everything that stands in its way.
    guard claim.margin > 0 || wanted?.contains(claim.spelling) == true else { return .unsure }
    let rival = claims.first {
      $0.isBelievable && $0.words.overlaps(claim.words) && $0.spelling != claim.spelling
        && claim.score - $0.score < parameters.lead
    }
    if let rival { return .rival(rival.spelling) }
    if let neighbour = betterNeighbour(claim, evidence) { return .english(neighbour) }
    return claim.margin > 0 ? .written : .unsure
  }

  /// Keeps what became of a claim, where somebody wants to know.
  private func note(
    _ claim: Claim, _ verdict: TermAccount.Verdict, _ spans: WordSpans, _ evidence: Evidence
  ) {
    guard let wanted, wanted.isEmpty || wanted.contains(claim.spelling) else { return }
    let frames = spans.frames(of: claim.words)
    let isKnown = accounts.contains { $0.spelling == claim.spelling && $0.frames.overlaps(frames) }
    // Claims come with the best first.
    guard !isKnown else { return }
    let margins = claim.entry.map { entry in
      TokenMargins(aligner: aligner, tokenizer: model.tokenizer, reward: parameters.reward).margins(
        TokenMargins.Contest(
          term: entry.tokens, decoded: evidence.tokens[spans.tokens(of: claim.words)].map(\.id),
          frames: claim.frames, heard: claim.heard, before: claim.before),
        needed: claim.score - claim.margin, evidence)
    }
    accounts.append(
      TermAccount(
        spelling: claim.spelling, words: spans.words[claim.words].map(\.text), frames: frames,
        margin: claim.margin,
        weight: Double(exp(max(0, 0.01 - claim.margin) / parameters.reward)),
        tokens: margins ?? [], isProposed: claim.isProposed, verdict: verdict))
  }

  // MARK: - Claims

  /// What terms claim: those that words say, and those that were scored.
  private func claims(_ spans: WordSpans, _ evidence: Evidence) -> [Claim] {
    let texts = spans.words.map(\.text)
    var claims: [Claim] = []
    var decoded: [Stretch: Float] = [:]
    for proposal in proposals(evidence) {
      let heard = proposal.hit.frames.shifted(by: evidence.firstFrame)
      for span in spans.spans(in: heard) {
        // What cannot come near a claim for the same words need not be scored.
        let best = claims.lazy.filter { $0.words.overlaps(span) }.map(\.score).max()
        if let best, wanted == nil, proposal.promise + Self.hope + parameters.lead < best {
          continue
        }
        let claim = claim(of: proposal, heard, for: span, spans, evidence, &decoded)
        if let claim { claims.append(claim) }
      }
    }
    // Where words say a term, they are the best evidence of it; a longer one may say more.
    let matches = matcher.matches(in: texts)
    let own = matches.map { match in
      let score = claims.filter {
        $0.spelling == match.spelling && $0.words.overlaps(match.words)
      }.map(\.score).max()
      return Claim(
        entry: nil, spelling: match.spelling, words: match.words, frames: 0..<0, heard: 0..<0,
        before: 0, isProposed: true, isBelievable: true, score: max(score ?? 0, threshold),
        margin: 0)
    }
    // What the words say without being the term is not for the audio to decide.
    claims.removeAll { claim in
      claim.entry.map { $0.phrase.isSaid(by: texts[claim.words]) } ?? false
    }
    return claims + own
  }

  /// The claim of a proposal for some words; nil where it is hopeless.
  private func claim(
    of proposal: Proposal, _ heard: Range<Int>, for span: Range<Int>, _ spans: WordSpans,
    _ evidence: Evidence, _ decoded: inout [Stretch: Float]
  ) -> Claim? {
    let entry = trie.entry(proposal.hit.entry)
    let range = spans.tokens(of: span)
    let frames = spans.frames(of: span, heard, within: evidence.frames)
    func score(_ tokens: [Int], above least: Float = -.infinity) -> Float {
      aligner.score(tokens, over: frames, after: range.lowerBound, in: evidence, above: least)
    }
    let stretch = Stretch(words: span, frames: frames)
    let base = decoded[stretch] ?? score(evidence.tokens[range].map(\.id))
    decoded[stretch] = base
    let isBelieved = base >= -Self.mostCost * Float(range.count)
    // Who asks for a term is told that.
    let isWanted = wanted?.contains(entry.phrase.spelling) == true
    guard isBelieved || isWanted else { return nil }
    let fair = -Self.mostTermCost * Float(entry.tokens.count)
    // What is worse neither becomes a term nor keeps another from it.
    let enough =
      wanted == nil
      ? max(fair, least - parameters.lead + base - proposal.promise)
      : isWanted ? -.infinity : fair
    let said = score(entry.tokens, above: enough)
    guard said > -.infinity else { return nil }
    let total = said - base + proposal.promise
    let margin = total - needed(by: entry.phrase, for: spans.words[span].map(\.text))
    return Claim(
      entry: entry, spelling: entry.phrase.spelling, words: span, frames: frames, heard: heard,
      before: range.lowerBound,
      isProposed: proposal.promise + Self.hope > needed(by: entry.phrase),
      isBelievable: isBelieved && (said > fair || margin <= 0), score: total, margin: margin)
  }

  /// A phrase that may have been said, and what it may score at most but for the networks.
  private typealias Proposal = (hit: TermSpotter.Hit, promise: Float)

  /// What the CTC head hears, the most promising first.
  private func proposals(_ evidence: Evidence) -> [Proposal] {
    let hits = spotter.hits(in: evidence.labelScores, labels: model.tokenizer.count + 1)
    let most = Self.leastProposals + Self.proposals * evidence.frameCount / 125
    let promising = hits.map { hit in
      (hit, hit.score + parameters.reward * Float(trie.length(hit.entry)))
    }.filter { hit, promise in
      let phrase = trie.phrase(hit.entry)
      return promise + Self.hope > needed(by: phrase) || wanted?.contains(phrase.spelling) == true
    }
    let sorted = promising.sorted { ($0.1, $1.0.entry) > ($1.1, $0.0.entry) }
    return wanted == nil ? Array(sorted.prefix(most)) : sorted
  }

  /// What the score of a phrase has to exceed.
  private func needed(by phrase: TermPhrase, for words: [String]? = nil) -> Float {
    threshold + parameters.surcharge(phrase, for: words)
  }

  // MARK: - Neighbours

  /// Ordinary English that is like a term and says as well what was said; nil for none.
  private func betterNeighbour(_ claim: Claim, _ evidence: Evidence) -> String? {
    guard let entry = claim.entry, let lead = parameters.neighbourLead else { return nil }
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
    let better = heard.first { full($0.0, $0.1) > own + lead }
    return better.map { model.tokenizer.decode($0.0) }
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
