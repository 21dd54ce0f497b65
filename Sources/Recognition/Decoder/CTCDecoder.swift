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
  ///   - logits: Room for `[block, V + 1]`.
  ///   - tokens: Gets tokens appended, each at the first frame of its run.
  ///   - team: Does the work.
  ///   - observe: Gets the scores of each frame.
  func decode(
    _ encoded: Matrix, logits: Matrix, into tokens: inout [Token], _ team: Team,
    observe: ((UnsafeBufferPointer<Float>) -> Void)? = nil
  ) {
    let blank = output.outputs - 1
    var previous = blank
    for first in stride(from: 0, to: encoded.rows, by: Self.block) {
      let frames = first..<min(encoded.rows, first + Self.block)
      let part = logits.rows(0..<frames.count)
      let operand = Operand(encoded.rows(frames), room: nil)
      team.run { output.apply(operand, into: part, $0, members: team.size) }
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
  }
}
