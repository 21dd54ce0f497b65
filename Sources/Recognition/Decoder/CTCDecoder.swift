internal import Checkpoint
internal import Kernels

/// A CTC head with greedy decoding: the best label of each frame, repeats merged, blanks dropped.
struct CTCDecoder {
  /// `[V + 1, d]`; the last output is the blank.
  let output: Linear

  /// Frames scored at a time: all scores of a long recording would take gigabytes.
  static let block = 64

  init(isOnlyHead: Bool, _ parameters: Parameters) throws(CheckpointError) {
    output = try parameters.linear("\(isOnlyHead ? "decoder" : "ctc_decoder").decoder_layers.0")
  }

  /// Decodes encoder output.
  ///
  /// - Parameters:
  ///   - encoded: `[T, d]`
  ///   - room: Room for integers of as many rows as are scored at a time.
  ///   - logits: Room for `[block, V + 1]`.
  ///   - team: Does the work.
  ///   - observe: Gets the scores of each frame.
  /// - Returns: Tokens at the first frame of their run.
  func decode(
    _ encoded: Matrix, room: QuantizedRows?, logits: Matrix, _ team: Team,
    observe: ((UnsafeBufferPointer<Float>) -> Void)? = nil
  ) -> [Token] {
    let blank = output.outputs - 1
    var tokens: [Token] = []
    var previous = blank
    for first in stride(from: 0, to: encoded.rows, by: Self.block) {
      let frames = first..<min(encoded.rows, first + Self.block)
      let part = logits.rows(0..<frames.count)
      let operand = Operand(encoded.rows(frames), room: room)
      team.run { member in
        operand.finish(member)
        output.apply(operand, into: part, member, members: team.size)
      }
      for frame in frames {
        let scores = UnsafeBufferPointer(start: part[frame - first], count: blank + 1)
        observe?(scores)
        let label = argmax(part[frame - first], count: blank + 1)
        if label != blank && label != previous {
          tokens.append(
            Token(
              id: label, frame: frame, duration: 1,
              logProbability: Confidence.logProbability(scores, of: label),
              confidence: Confidence.tsallisEntropy(scores)))
        }
        previous = label
      }
    }
    return tokens
  }
}
