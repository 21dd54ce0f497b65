internal import Kernels

/// What the networks said of the frames that were decoded last, kept for whoever asks what else
/// may have been said there.
///
/// Its memory is used again for the next utterance. Nobody decodes and asks at the same time.
package final class Evidence {
  /// The first frame of the recording that it tells of.
  package private(set) var firstFrame = 0
  /// Frames that it tells of.
  package private(set) var frameCount = 0
  /// Those frames, counted from the recording's first.
  package var frames: Range<Int> { firstFrame..<firstFrame + frameCount }
  /// What was decoded.
  package private(set) var tokens: [Token] = []
  /// Logarithms of the CTC head's probabilities, `[T, V + 1]`; empty without such a head.
  package private(set) var labelScores: [Float] = []
  /// Projected encoder output, `[T, J]`; empty where a CTC head decodes.
  private(set) var projected: [Float] = []
  /// A number for the utterance, which no other has, for what is made of it.
  private(set) var utterance: UInt64 = 0
  /// The transducer's values before every eighth token, from the first on, and their number.
  private(set) var states: [Float] = []
  private var stateCount = 0

  /// Tokens from one kept state to the next: a state has thousands of floats.
  static let stride = 8

  /// Nothing yet.
  package init() {}

  /// Begins with another utterance.
  func begin(at frame: Int, frames: Int) {
    (firstFrame, frameCount, stateCount) = (frame, frames, 0)
    utterance = .random(in: 0...UInt64.max)
    tokens.removeAll(keepingCapacity: true)
    labelScores.removeAll(keepingCapacity: true)
    projected.removeAll(keepingCapacity: true)
    states.removeAll(keepingCapacity: true)
  }

  /// Keeps the CTC head's scores of the next frame.
  func keep(scores: UnsafeBufferPointer<Float>) {
    let sum = LogSum.of(scores)
    for score in scores { labelScores.append(score - sum) }
  }

  /// Keeps projected encoder output.
  func keep(projected frames: MatrixView) {
    for row in 0..<frames.rows {
      projected += UnsafeBufferPointer(start: frames[row], count: frames.columns)
    }
  }

  /// Keeps the state before the next token, where its turn is.
  func keep(_ memory: TransducerMemory, count: Int) {
    if stateCount.isMultiple(of: Self.stride) {
      states += UnsafeBufferPointer(start: memory.h.values, count: count)
    }
    stateCount += 1
  }

  /// Keeps what was decoded.
  func keep(_ tokens: [Token]) { self.tokens += tokens }
}
