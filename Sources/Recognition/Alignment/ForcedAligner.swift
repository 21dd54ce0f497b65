internal import Kernels

/// Scores token strings over frames that were decoded, with the networks that decoded them.
///
/// It works on the calling thread, in memory of its own.
package final class ForcedAligner {
  private let model: SpeechModel
  private let workspace = Workspace()

  /// An aligner for the evidence of one model.
  package init(_ model: SpeechModel) { self.model = model }

  /// How well tokens explain frames: the logarithm of the best way's probability.
  ///
  /// - Parameters:
  ///   - tokens: Token ids.
  ///   - frames: Frames of the recording, within those of the evidence.
  ///   - count: How many of the evidence's tokens come before.
  ///   - evidence: What this model's networks said of the frames.
  /// - Returns: At most 0; −∞ where the tokens do not fit.
  package func score(
    _ tokens: [Int], over frames: Range<Int>, after count: Int, in evidence: Evidence
  ) -> Float {
    let first = frames.lowerBound - evidence.firstFrame
    let rows = first..<first + frames.count
    guard first >= 0, rows.upperBound <= evidence.frameCount, !rows.isEmpty else {
      return -.infinity
    }
    switch model.head {
    case .ctc(let head):
      let labels = head.output.outputs
      let scores = evidence.labelScores[rows.lowerBound * labels..<rows.upperBound * labels]
      return LabelLattice.best(tokens, scores, labels: labels)
    case .transducer(let decoder, _):
      return lattice(decoder, tokens, rows, after: count, in: evidence)?.best ?? -.infinity
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
    guard !evidence.labelScores.isEmpty else { return 0 }
    let labels = model.tokenizer.count + 1
    let first = (frames.lowerBound - evidence.firstFrame) * labels
    let scores = evidence.labelScores[first..<first + frames.count * labels]
    let highest = stride(from: scores.startIndex, to: scores.endIndex, by: labels).reduce(
      into: Float(0)
    ) { sum, row in sum += scores[row..<row + labels].max() ?? 0 }
    return LabelLattice.best(tokens, scores, labels: labels) - highest
  }

  private func lattice(
    _ decoder: TransducerDecoder, _ tokens: [Int], _ rows: Range<Int>, after count: Int,
    in evidence: Evidence
  ) -> TransducerLattice? {
    let carving = workspace.carve { carver in
      (TransducerScratch(for: decoder, &carver), carver.matrix(1, decoder.memoryCount))
    }
    guard case .success(let (scratch, values)) = carving else { return nil }
    let memory = TransducerMemory(values.values, of: decoder)
    // From the kept state before it, the tokens in between are taken in again.
    let kept = min(count / Evidence.stride, evidence.states.count / decoder.memoryCount - 1)
    guard kept >= 0, count <= evidence.tokens.count else { return nil }
    let start = kept * decoder.memoryCount
    evidence.states.withUnsafeBufferPointer { states in
      if let base = states.baseAddress {
        values.values.update(from: base + start, count: decoder.memoryCount)
      }
    }
    for token in evidence.tokens[kept * Evidence.stride..<count] {
      decoder.accept(token.id, memory, scratch)
    }
    var lattice = TransducerLattice(
      frames: rows.count, tokens: tokens.count, durations: decoder.search.durations)
    evidence.projected.withUnsafeBufferPointer { projected in
      guard let base = projected.baseAddress else { return }
      for place in 0...tokens.count {
        for (frame, row) in rows.enumerated() {
          let logits = decoder.joint.evaluate(
            encoded: base + row * decoder.joint.width, predicted: memory.projected, scratch)
          lattice.set(
            frame: frame, place, token: place < tokens.count ? tokens[place] : nil, logits,
            blank: decoder.blank)
        }
        if place < tokens.count { decoder.accept(tokens[place], memory, scratch) }
      }
    }
    return lattice
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
