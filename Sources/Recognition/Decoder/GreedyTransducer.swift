internal import Kernels

/// What a greedy search asks of a network: scores at a frame, given the tokens so far.
package protocol TransducerHead {
  /// Scores at an encoder frame: V tokens, the blank, then one for each duration.
  mutating func logits(frame: Int) -> UnsafeBufferPointer<Float>
  /// Takes a token in, so that later scores depend on it.
  mutating func accept(_ token: Int)
}

/// One evaluation of the joint network in a greedy search.
package struct TransducerStep: Equatable {
  /// The encoder frame.
  package let frame: Int
  /// Tokens emitted before.
  package let emitted: Int
  /// The token or blank chosen.
  package let label: Int
  /// The duration with the highest score; 1 for a blank and 0 for a token of an RNN-T.
  package let rawDuration: Int
  /// Frames that the search moves on: the duration, but at least 1 for a blank.
  package let duration: Int
}

/// Greedy search of token-and-duration transducers (Xu et al., 2023) and of plain RNN-Ts.
///
/// NeMo's `greedy_batch`: blanks jump as far as their duration says, and after
/// `maxSymbolsPerFrame` tokens with duration 0 on one frame the search moves on by one.
package struct GreedyTransducer {
  /// Id of the blank, V.
  let blank: Int
  /// Frames that each duration score stands for; empty for RNN-T.
  let durations: [Int]
  /// Tokens allowed on one frame.
  let maxSymbolsPerFrame: Int

  /// Stands for "no limit", where NeMo would stay on a frame for ever.
  private static let patience = 1000

  /// A search over scores in the order V tokens, blank, durations.
  ///
  /// - Parameters:
  ///   - blank: Id of the blank, V.
  ///   - durations: Frames that each duration score stands for; empty for RNN-T.
  ///   - maxSymbolsPerFrame: Tokens allowed on one frame; nil for no limit.
  package init(blank: Int, durations: [Int], maxSymbolsPerFrame: Int?) {
    self.blank = blank
    self.durations = durations
    self.maxSymbolsPerFrame = maxSymbolsPerFrame ?? Self.patience
  }

  /// Searches frames 0 ..< frames.
  ///
  /// - Parameters:
  ///   - frames: Encoder frames, T.
  ///   - head: The network, which remembers the tokens.
  ///   - biasing: Favours phrases; nil for none.
  ///   - emit: Gets each token's id, frame and duration, and the scores it was chosen by.
  ///   - observe: Gets every evaluation, blanks included.
  package func search<Head: TransducerHead>(
    frames: Int, _ head: inout Head, _ biasing: inout BiasingCursor?,
    emit: (_ id: Int, _ frame: Int, _ duration: Int, UnsafeBufferPointer<Float>) -> Void,
    observe: ((TransducerStep, UnsafeBufferPointer<Float>) -> Void)? = nil
  ) {
    var (frame, lastFrame, symbols, emitted) = (0, -1, 0, 0)
    while frame < frames {
      let logits = head.logits(frame: frame)
      guard let scores = logits.baseAddress else { return }
      let label =
        biasing?.label(scores, blank: blank, frame: frame) ?? argmax(scores, count: blank + 1)
      var duration = label == blank ? 1 : 0
      if !durations.isEmpty {
        duration = durations[argmax(scores + blank + 1, count: durations.count)]
      }
      observe?(
        TransducerStep(
          frame: frame, emitted: emitted, label: label, rawDuration: duration,
          duration: label == blank ? max(duration, 1) : duration), logits)
      if label == blank {
        frame += max(duration, 1)
        continue
      }
      emit(label, frame, duration, UnsafeBufferPointer(rebasing: logits[...blank]))
      emitted += 1
      symbols = frame == lastFrame ? symbols + 1 : 1
      lastFrame = frame
      head.accept(label)
      biasing?.accept(label, frame: frame)
      frame += duration
      if duration == 0 && symbols >= maxSymbolsPerFrame { frame += 1 }
    }
  }
}
