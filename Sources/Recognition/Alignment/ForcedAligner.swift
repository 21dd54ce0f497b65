internal import Kernels

/// Scores token strings over frames that were decoded, with the networks that decoded them.
///
/// It works on the calling thread, in memory of its own.
package final class ForcedAligner {
  private let model: SpeechModel
  private let workspace = Workspace()
  /// The calling thread alone.
  private let team = Team(size: 1)
  /// The state that was needed last, and where it is from.
  private var beginning: (count: Int, utterance: UInt64, values: [Float]) = (-1, 0, [])

  /// An aligner for the evidence of one model.
  package init(_ model: SpeechModel) { self.model = model }

  /// How well tokens explain frames: the logarithm of the best way's probability.
  ///
  /// - Parameters:
  ///   - tokens: Token ids.
  ///   - frames: Frames of the recording, within those of the evidence.
  ///   - count: How many of the evidence's tokens come before.
  ///   - evidence: What this model's networks said of the frames.
  ///   - least: What the score has to exceed; it is not computed to the end where it does not.
  /// - Returns: At most 0; −∞ where the tokens do not fit, or do not fit well enough.
  package func score(
    _ tokens: [Int], over frames: Range<Int>, after count: Int, in evidence: Evidence,
    above least: Float = -.infinity
  ) -> Float {
    guard let rows = rows(frames, in: evidence) else { return -.infinity }
    switch model.head {
    case .ctc(let head):
      let labels = head.output.outputs
      return LabelLattice.best(tokens, evidence.scores(of: rows, labels), labels: labels)
    case .transducer(let decoder, _):
      let lattice = lattice(decoder, tokens, rows, after: count, in: evidence, above: least)
      return lattice?.end ?? -.infinity
    }
  }

  /// The best way to explain frames with tokens, of which there is at least one; nil for none.
  ///
  /// Its score is that of `score`.
  package func alignment(
    _ tokens: [Int], over frames: Range<Int>, after count: Int, in evidence: Evidence
  ) -> TokenAlignment? {
    guard let rows = rows(frames, in: evidence) else { return nil }
    switch model.head {
    case .ctc(let head):
      let labels = head.output.outputs
      return LabelLattice.alignment(tokens, evidence.scores(of: rows, labels), labels: labels)
    case .transducer(let decoder, _):
      return lattice(decoder, tokens, rows, after: count, in: evidence)?.alignment
    }
  }

  /// How much worse tokens explain frames than the CTC head's best labels do.
  ///
  /// - Parameters:
  ///   - tokens: Token ids.
  ///   - frames: Frames of the recording, within those of the evidence.
  ///   - evidence: What this model's networks said of the frames.
  /// - Returns: At most 0; 0 without a CTC head.
  package func labelScore(
    _ tokens: [Int], over frames: Range<Int>, in evidence: Evidence
  ) -> Float {
    guard let rows = rows(frames, in: evidence), !evidence.labelScores.isEmpty else { return 0 }
    let scores = evidence.scores(of: rows, labels)
    return LabelLattice.best(tokens, scores, labels: labels)
      - (0..<rows.count).reduce(0) { $0 + best(scores, $1) }
  }

  /// The best way of the CTC head to say tokens, of which there is at least one, and by how much
  /// worse each step is than the best label of its frame; nil for none.
  package func labelAlignment(
    _ tokens: [Int], over frames: Range<Int>, in evidence: Evidence
  ) -> TokenAlignment? {
    guard let rows = rows(frames, in: evidence), !evidence.labelScores.isEmpty else { return nil }
    let scores = evidence.scores(of: rows, labels)
    guard let found = LabelLattice.alignment(tokens, scores, labels: labels) else { return nil }
    return TokenAlignment(
      found.steps.map { step in
        var step = step
        step.score -= best(scores, step.frame)
        return step
      })
  }

  /// Labels of a CTC head, V + 1.
  private var labels: Int { model.tokenizer.count + 1 }

  /// The best label's score at a frame of these.
  private func best(_ scores: ArraySlice<Float>, _ frame: Int) -> Float {
    let start = scores.startIndex + frame * labels
    return scores[start..<start + labels].max() ?? 0
  }

  /// Frames as rows of the evidence; nil where it does not tell of them.
  private func rows(_ frames: Range<Int>, in evidence: Evidence) -> Range<Int>? {
    let first = frames.lowerBound - evidence.firstFrame
    let rows = first..<first + frames.count
    return first < 0 || rows.upperBound > evidence.frameCount || rows.isEmpty ? nil : rows
  }

  /// Scores a lattice; nil where no way through it is good enough.
  private func lattice(
    _ decoder: TransducerDecoder, _ tokens: [Int], _ rows: Range<Int>, after count: Int,
    in evidence: Evidence, above least: Float = -.infinity
  ) -> TransducerLattice? {
    let carving = workspace.carve { carver in
      (
        TransducerScratch(for: decoder, &carver), carver.matrix(1, decoder.memoryCount),
        JointBlock(decoder.joint, frames: rows.count, &carver)
      )
    }
    guard case .success(let (scratch, values, block)) = carving, let team,
      begin(decoder, values.values, scratch, after: count, in: evidence)
    else { return nil }
    let memory = TransducerMemory(values.values, of: decoder)
    var lattice = TransducerLattice(
      frames: rows.count, tokens: tokens.count, durations: decoder.search.durations)
    var isGood = false
    evidence.projected.withUnsafeBufferPointer { projected in
      guard let base = projected.baseAddress else { return }
      let width = decoder.joint.width
      let frames = MatrixView(base + rows.lowerBound * width, rows: rows.count, columns: width)
      team.run { member in
        for place in 0...tokens.count {
          let logits = block.evaluate(frames, predicted: memory.projected, member)
          for frame in 0..<rows.count {
            lattice.set(
              frame: frame, place, token: place < tokens.count ? tokens[place] : nil,
              UnsafeBufferPointer(start: logits[frame], count: logits.columns),
              blank: decoder.blank)
          }
          guard lattice.pass(place) > least else { return }
          if place < tokens.count { decoder.accept(tokens[place], memory, scratch) }
        }
        isGood = true
      }
    }
    return isGood ? lattice : nil
  }

  /// Brings the state before a token about: from the kept one before it, the tokens in between are
  /// taken in again, unless it is the one of the last time.
  private func begin(
    _ decoder: TransducerDecoder, _ values: UnsafeMutablePointer<Float>,
    _ scratch: TransducerScratch, after count: Int, in evidence: Evidence
  ) -> Bool {
    let size = decoder.memoryCount
    let kept = min(count / Evidence.stride, evidence.states.count / size - 1)
    guard kept >= 0, count <= evidence.tokens.count else { return false }
    let isKnown = beginning.count == count && beginning.utterance == evidence.utterance
    let source = isKnown ? beginning.values[...] : evidence.states[kept * size..<(kept + 1) * size]
    source.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { values.update(from: base, count: size) }
    }
    if isKnown { return true }
    let memory = TransducerMemory(values, of: decoder)
    for token in evidence.tokens[kept * Evidence.stride..<count] {
      decoder.accept(token.id, memory, scratch)
    }
    beginning.values.removeAll(keepingCapacity: true)
    beginning.values.append(contentsOf: UnsafeBufferPointer(start: values, count: size))
    (beginning.count, beginning.utterance) = (count, evidence.utterance)
    return true
  }
}

extension Evidence {
  /// The CTC head's scores of some frames, `[T, labels]`.
  fileprivate func scores(of rows: Range<Int>, _ labels: Int) -> ArraySlice<Float> {
    labelScores[rows.lowerBound * labels..<rows.upperBound * labels]
  }
}

extension TransducerLattice {
  /// Takes a node's scores in.
  fileprivate mutating func set(
    frame: Int, _ place: Int, token: Int?, _ logits: UnsafeBufferPointer<Float>, blank: Int
  ) {
    let node = place * frames + frame
    let labels = UnsafeBufferPointer(rebasing: logits[...blank])
    let sum = LogSum.of(labels)
    blanks[node] = labels[blank] - sum
    if let token { self.labels[node] = labels[token] - sum }
    guard !durations.isEmpty else { return }
    let scores = UnsafeBufferPointer(rebasing: logits[(blank + 1)...])
    let total = LogSum.of(scores)
    for index in durations.indices {
      lengths[node * durations.count + index] = scores[index] - total
    }
  }
}
