internal import Kernels

/// A beam search over a transducer, with memory for the states of the strings that it compares.
final class Beam {
  let search: BeamSearch
  /// The states, `[slots, memoryCount]`.
  private let states: UnsafeMutablePointer<Float>

  /// Takes memory.
  ///
  /// - Parameters:
  ///   - decoder: The transducer.
  ///   - width: Strings that are kept at each frame.
  init(_ decoder: TransducerDecoder, width: Int) {
    search = BeamSearch(decoder.search, width: width)
    states = .allocate(capacity: search.slotCount * decoder.memoryCount)
  }

  deinit { states.deallocate() }

  /// Decodes projected frames and moves the state on behind the best tokens.
  ///
  /// - Parameters:
  ///   - frames: `[T, J]`
  ///   - decoder: The transducer.
  ///   - state: What came before, and the phrases that it favours.
  ///   - scratch: Room to compute.
  ///   - tokens: Gets the best tokens appended.
  ///   - instrument: Times both networks.
  ///   - evidence: Keeps states.
  /// - Returns: Whether there are tokens; without any nothing was changed.
  func decode(
    _ frames: MatrixView, _ decoder: TransducerDecoder, continuing state: inout DecoderState,
    _ scratch: TransducerScratch, into tokens: inout [Token], instrument: Instrument?,
    evidence: Evidence?
  ) -> Bool {
    state.values.withUnsafeBufferPointer { values in
      if let values = values.baseAddress {
        states.update(from: values, count: decoder.memoryCount)
      }
    }
    var head = Head(
      decoder: decoder, states: states, scratch: scratch, frames: frames, instrument: instrument)
    search.search(frames: frames.rows, &head, state.cursor(scratch.biased))
    guard let best = search.found.first, best.length > 0 else { return false }
    let start = tokens.count
    search.append(best, to: &tokens, from: state.frame)
    _ = state.withMemory(of: decoder) { memory in
      for token in tokens[start...] {
        evidence?.keep(memory, count: decoder.memoryCount)
        decoder.accept(token.id, memory, scratch)
      }
      evidence?.keep(memory, count: decoder.memoryCount)
    }
    state.keep(best.cursor)
    state.frame += frames.rows
    return true
  }

  private struct Head: BeamHead {
    let decoder: TransducerDecoder
    let states: UnsafeMutablePointer<Float>
    let scratch: TransducerScratch
    let frames: MatrixView
    let instrument: Instrument?

    private func memory(_ slot: Int) -> TransducerMemory {
      TransducerMemory(states + slot * decoder.memoryCount, of: decoder)
    }

    func logits(frame: Int, behind slot: Int) -> UnsafeBufferPointer<Float> {
      decoder.joint.evaluate(
        encoded: frames[frame], predicted: UnsafePointer(memory(slot).projected), scratch)
    }

    func accept(_ token: Int, behind slot: Int, into other: Int) {
      instrument?.lap(.joint)
      let count = decoder.memoryCount
      (states + other * count).update(from: states + slot * count, count: count)
      decoder.accept(token, memory(other), scratch)
      instrument?.lap(.prediction)
    }
  }
}
