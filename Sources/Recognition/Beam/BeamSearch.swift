internal import Kernels

/// Beam search of token-and-duration transducers and of plain RNN-Ts.
///
/// At each frame the best few strings of tokens go on with the best few labels, all with the best
/// duration (as NeMo's `malsd`). Strings are compared with those at the same frame only, where
/// all have paid for the same frames; ways to the same string are added up. Phrases are favoured in
/// all of it. With a single string it is the greedy search.
///
/// It keeps its memory from one search to the next. One search at a time.
package final class BeamSearch {
  /// Strings that are kept at each frame.
  package let width: Int
  /// Slots that a network has to have room for; every search begins in the first.
  package var slotCount: Int { owners.count }
  /// What was found, the best first, as long as nothing else is searched.
  private(set) var found: [Hypothesis] = []

  private let greedy: GreedyTransducer
  /// Nats by which a string or a label may fall behind the best.
  private let margin: Float
  /// Strings at each of the next frames, by frame and in turns, and behind them those at the end.
  private var pools: [[Hypothesis]]
  /// Strings that are at the frame, and those that stay there with another token.
  private var current: [Hypothesis] = []
  private var staying: [Hypothesis] = []
  private var choices: [(label: Int, score: Float)] = []
  private var history: [PastToken] = []
  /// Of each slot how many strings need it.
  private var owners: [Int32]

  /// What goes on in a search.
  private struct Step {
    let frame: Int
    let frames: Int
    /// Tokens that the strings have at this frame.
    let symbols: Int
  }

  /// A search.
  ///
  /// - Parameters:
  ///   - greedy: How the same network is searched greedily.
  ///   - width: Strings that are kept at each frame, at least one.
  ///   - margin: Nats by which a string or a label may fall behind the best.
  package init(_ greedy: GreedyTransducer, width: Int, margin: Float = 10) {
    (self.greedy, self.margin) = (greedy, margin)
    self.width = max(width, 1)
    let reach = max(greedy.durations.max() ?? 1, 1) + 1
    pools = [[Hypothesis]](repeating: [], count: reach + 1)
    for index in pools.indices { pools[index].reserveCapacity(self.width) }
    current.reserveCapacity(self.width)
    staying.reserveCapacity(self.width)
    found.reserveCapacity(self.width)
    choices.reserveCapacity(self.width)
    // Each string in a pool may hold one, and one is written while those are held.
    owners = [Int32](repeating: 0, count: (reach + 3) * self.width + 1)
  }

  /// Searches frames 0 ..< frames.
  ///
  /// - Parameters:
  ///   - frames: Encoder frames, T.
  ///   - head: The network, with the string of before in slot 0.
  ///   - cursor: Favours phrases; nil for none.
  package func search<Head: BeamHead>(
    frames: Int, _ head: inout Head, _ cursor: BiasingCursor? = nil
  ) {
    history.removeAll(keepingCapacity: true)
    for index in pools.indices { pools[index].removeAll(keepingCapacity: true) }
    for slot in owners.indices { owners[slot] = 0 }
    offer(Hypothesis(slot: 0, cursor: cursor), to: &pools[place(of: 0, frames)])
    for frame in 0..<max(frames, 0) {
      current.removeAll(keepingCapacity: true)
      swap(&current, &pools[place(of: frame, frames)])
      var symbols = 0
      while !current.isEmpty {
        goOn(Step(frame: frame, frames: frames, symbols: symbols), &head)
        symbols += 1
      }
    }
    found.removeAll(keepingCapacity: true)
    swap(&found, &pools[pools.count - 1])
    found.sort { $0.finalScore > $1.finalScore }
  }

  /// Adds the tokens of what was found.
  ///
  /// - Parameters:
  ///   - hypothesis: One of those that were found.
  ///   - tokens: Gets them appended.
  ///   - first: The search's first frame in the recording.
  func append(_ hypothesis: Hypothesis, to tokens: inout [Token], from first: Int) {
    let start = tokens.count
    var place = Int(hypothesis.tail)
    // The last one comes first here.
    while place >= 0 {
      tokens.append(history[place].token)
      tokens[tokens.count - 1].frame += first
      place = Int(history[place].before)
    }
    for offset in 0..<(tokens.count - start) / 2 {
      tokens.swapAt(start + offset, tokens.count - 1 - offset)
    }
  }

  /// Gathers what was found.
  ///
  /// - Parameter first: The search's first frame in the recording.
  /// - Returns: What was found, the best first.
  package func alternatives(from first: Int = 0) -> [Alternative] {
    found.map { hypothesis in
      var tokens: [Token] = []
      append(hypothesis, to: &tokens, from: first)
      return Alternative(tokens: tokens, score: hypothesis.finalScore)
    }
  }

  // MARK: - A frame

  /// Where strings at a frame are kept.
  private func place(of frame: Int, _ frames: Int) -> Int {
    frame < frames ? frame % (pools.count - 1) : pools.count - 1
  }

  /// Lets all strings at the frame go on with one label each.
  private func goOn<Head: BeamHead>(_ step: Step, _ head: inout Head) {
    staying.removeAll(keepingCapacity: true)
    var best = -Float.infinity
    for hypothesis in current { best = max(best, hypothesis.score) }
    for index in current.indices {
      var hypothesis = current[index]
      if !(hypothesis.score < best - margin), !isBeaten(hypothesis, step) {
        take(&hypothesis, &head)
        expand(hypothesis, step, &head)
      }
      owners[Int(hypothesis.slot)] -= 1
    }
    swap(&current, &staying)
  }

  /// Whether nothing that comes of a string can be kept: of an RNN-T all that does passes through
  /// the next frame.
  private func isBeaten(_ hypothesis: Hypothesis, _ step: Step) -> Bool {
    guard greedy.durations.isEmpty, hypothesis.cursor == nil else { return false }
    let next = pools[place(of: step.frame + 1, step.frames)]
    return next.count == width && next.allSatisfy { $0.score >= hypothesis.score }
  }

  /// Has the network take in the last token.
  private func take<Head: BeamHead>(_ hypothesis: inout Hypothesis, _ head: inout Head) {
    guard hypothesis.pending >= 0 else { return }
    guard let slot = owners.firstIndex(of: 0) else { return assertionFailure() }
    head.accept(Int(hypothesis.pending), behind: Int(hypothesis.slot), into: slot)
    owners[Int(hypothesis.slot)] -= 1
    owners[slot] = 1
    (hypothesis.slot, hypothesis.pending) = (Int32(slot), -1)
  }

  private func expand<Head: BeamHead>(
    _ hypothesis: Hypothesis, _ step: Step, _ head: inout Head
  ) {
    let (blank, durations) = (greedy.blank, greedy.durations)
    let logits = head.logits(frame: step.frame, behind: Int(hypothesis.slot))
    guard let scores = logits.baseAddress else { return }
    let tokens = UnsafeBufferPointer(rebasing: logits[...blank])
    var (duration, lost) = (0, LogSum.of(tokens))
    if !durations.isEmpty {
      let rest = UnsafeBufferPointer(rebasing: logits[(blank + 1)...])
      let best = argmax(scores + blank + 1, count: durations.count)
      duration = durations[best]
      lost += LogSum.of(rest) - rest[best]
    }
    choose(hypothesis, scores, step.frame)
    var confidence: Float?
    for choice in choices {
      var next = hypothesis
      next.logProbability += scores[choice.label] - lost
      if choice.label == blank {
        offer(next, to: &pools[place(of: step.frame + max(duration, 1), step.frames)])
        continue
      }
      let sure = confidence ?? Confidence.tsallisEntropy(tokens)
      confidence = sure
      history.append(
        PastToken(
          token: Token(
            id: choice.label, frame: step.frame, duration: duration,
            logProbability: Confidence.logProbability(tokens, of: choice.label), confidence: sure),
          before: next.tail))
      next.append(choice.label, at: history.count - 1, frame: step.frame)
      if duration > 0 {
        offer(next, to: &pools[place(of: step.frame + duration, step.frames)])
      } else if step.symbols + 1 >= greedy.maxSymbolsPerFrame {
        offer(next, to: &pools[place(of: step.frame + 1, step.frames)])
      } else {
        offer(next, to: &staying)
      }
    }
  }

  /// Chooses labels: the one that a greedy search would, and others by their scores.
  private func choose(_ hypothesis: Hypothesis, _ scores: UnsafePointer<Float>, _ frame: Int) {
    let blank = greedy.blank
    let first =
      hypothesis.cursor?.label(scores, blank: blank, frame: frame)
      ?? argmax(scores, count: blank + 1)
    choices.removeAll(keepingCapacity: true)
    choices.append((first, .infinity))
    guard width > 1 else { return }
    let favoured = hypothesis.cursor?.favoured(scores, blank: blank, frame: frame)
    let sums = favoured.map { UnsafePointer($0) } ?? scores
    let highest = max(scores[blank], sums[argmax(sums, count: blank)])
    var least = highest - margin
    for label in 0...blank where label != first {
      let score = label == blank ? scores[blank] : sums[label]
      guard score > least else { continue }
      if choices.count == width { choices.removeLast() }
      let place = choices.firstIndex { $0.score < score } ?? choices.endIndex
      choices.insert((label, score), at: place)
      if choices.count == width { least = max(least, choices[width - 1].score) }
    }
  }

  // MARK: - Strings at a frame

  /// Keeps a string if it is among the best at its frame.
  private func offer(_ hypothesis: Hypothesis, to pool: inout [Hypothesis]) {
    if let twin = pool.firstIndex(where: { areEqual($0, hypothesis) }) {
      owners[Int(hypothesis.slot)] += 1
      let old = pool[twin].slot
      pool[twin].add(hypothesis)
      owners[Int(pool[twin].slot == old ? hypothesis.slot : old)] -= 1
      return
    }
    if pool.count == width {
      var worst = 0
      for index in 1..<width where pool[index].score < pool[worst].score { worst = index }
      guard hypothesis.score > pool[worst].score else { return }
      owners[Int(pool[worst].slot)] -= 1
      pool[worst] = hypothesis
    } else {
      pool.append(hypothesis)
    }
    owners[Int(hypothesis.slot)] += 1
  }

  /// Whether two strings are equal.
  private func areEqual(_ a: Hypothesis, _ b: Hypothesis) -> Bool {
    guard a.hash == b.hash, a.length == b.length else { return false }
    var (first, second) = (Int(a.tail), Int(b.tail))
    while first != second, first >= 0, second >= 0 {
      guard history[first].token.id == history[second].token.id else { return false }
      (first, second) = (Int(history[first].before), Int(history[second].before))
    }
    return first == second
  }
}
