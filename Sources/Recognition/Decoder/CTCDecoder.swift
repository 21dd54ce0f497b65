internal import Checkpoint
internal import Kernels

/// A CTC head with greedy decoding: the best label of each frame, repeats merged, blanks dropped.
struct CTCDecoder {
  /// `[V + 1, d]`; the last output is the blank.
  let output: Linear

  /// Frames scored at a time: all scores of a long recording would take gigabytes.
  static let block = 64
  /// Rows of room: scores, and behind them those of one frame with what phrases add.
  static let rows = block + 1

  init(isOnlyHead: Bool, _ parameters: Parameters) throws(CheckpointError) {
    output = try parameters.linear("\(isOnlyHead ? "decoder" : "ctc_decoder").decoder_layers.0")
  }

  /// Computes the scores of each frame in turn.
  ///
  /// - Parameters:
  ///   - encoded: `[T, d]`
  ///   - room: Room for `[rows, V + 1]`.
  ///   - team: Does the work.
  ///   - body: Gets each frame and its scores, `[V + 1]`, which are gone afterwards.
  func score(
    _ encoded: Matrix, room: Matrix, _ team: Team,
    _ body: (_ frame: Int, _ scores: UnsafeBufferPointer<Float>) -> Void
  ) {
    for first in stride(from: 0, to: encoded.rows, by: Self.block) {
      let frames = first..<min(encoded.rows, first + Self.block)
      let part = room.rows(0..<frames.count)
      let operand = Operand(encoded.rows(frames), room: nil)
      team.run { output.apply(operand, into: part, $0, members: team.cuts) }
      for frame in frames {
        body(frame, UnsafeBufferPointer(start: part[frame - first], count: output.outputs))
      }
    }
  }

  /// Decodes encoder output, and moves the state on.
  ///
  /// - Parameters:
  ///   - encoded: `[T, d]`
  ///   - room: Room for `[rows, V + 1]`.
  ///   - state: Where the first frame is in the recording, and the phrases that it favours.
  ///   - tokens: Gets tokens appended, each at the first frame of its run.
  ///   - team: Does the work.
  ///   - observe: Gets the scores of each frame of the recording.
  func decode(
    _ encoded: Matrix, room: Matrix, continuing state: inout DecoderState,
    into tokens: inout [Token], _ team: Team, observe: CTCScores? = nil
  ) {
    let (blank, origin) = (output.outputs - 1, state.frame)
    var previous = blank
    var cursor = state.cursor(room[Self.block])
    score(encoded, room: room, team) { frame, scores in
      observe?(origin + frame, scores)
      guard let start = scores.baseAddress else { return }
      let label =
        cursor?.label(start, blank: blank, frame: frame, held: previous)
        ?? argmax(start, count: blank + 1)
      if label != blank && label != previous {
        tokens.append(
          Token(
            id: label, frame: origin + frame, duration: 1,
            logProbability: Confidence.logProbability(scores, of: label),
            confidence: Confidence.tsallisEntropy(scores)))
        cursor?.accept(label, frame: frame)
      }
      previous = label
    }
    state.keep(cursor)
    state.frame += encoded.rows
  }
}

/// Gets a CTC head's scores at an encoder frame of the recording.
///
/// There are V + 1, those of the tokens and then the blank's, before any normalisation; they are
/// gone afterwards.
package typealias CTCScores = (_ frame: Int, _ scores: UnsafeBufferPointer<Float>) -> Void
