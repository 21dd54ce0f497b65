internal import Checkpoint
internal import Kernels

/// A transducer with the frames that it decodes.
struct TransducerTrace {
  let decoder: TransducerDecoder
  /// Projected encoder output, `[T, J]`.
  let frames: MatrixView
  /// The state before the first token.
  let start: DecoderState
  let scratch: TransducerScratch
}

extension Trace {
  /// Prediction and joint network at the tokens and frames that the golden file names.
  mutating func addNetworks(
    _ trace: TransducerTrace, _ golden: SafetensorsFile
  ) throws(CheckpointError) {
    let (decoder, frames, scratch) = (trace.decoder, trace.frames, trace.scratch)
    guard golden.tensors["pred.sequence"] != nil else { return }
    let sequence = try golden.int32s("pred.sequence").map(Int.init)
    let times = try golden.int32s("joint.t_index").map(Int.init)
    let prefixes = try golden.int32s("joint.u_index").map(Int.init)
    let (width, jointWidth) = (decoder.prediction.width, decoder.joint.width)
    guard sequence.allSatisfy((0...decoder.blank).contains),
      times.allSatisfy((0..<frames.rows).contains),
      prefixes.allSatisfy((0...sequence.count).contains)
    else {
      // The golden file belongs to another model or recording: nothing equals this.
      for name in golden.tensors.keys where name.hasPrefix("pred.") || name.hasPrefix("joint.") {
        add(name, [], [])
      }
      return
    }
    var outputs: [Float] = []
    var projected: [Float] = []
    let (rows, layers) = (sequence.count + 1, decoder.prediction.layers)
    var state = trace.start
    _ = state.withMemory(of: decoder) { memory in
      for position in 0..<rows {
        if position > 0 { decoder.accept(sequence[position - 1], memory, scratch) }
        outputs += UnsafeBufferPointer(start: memory.output, count: width)
        projected += UnsafeBufferPointer(start: memory.projected, count: jointWidth)
      }
      for (name, state) in [("pred.h_final", memory.h), ("pred.c_final", memory.c)] {
        add(
          name, [layers, width],
          Array(UnsafeBufferPointer(start: state.values, count: layers * width)))
      }
    }
    add("pred.outputs", [rows, width], outputs)
    add("pred.projected", [rows, jointWidth], projected)

    var logits: [Float] = []
    projected.withUnsafeBufferPointer { projected in
      guard let start = projected.baseAddress else { return }
      for time in times {
        for prefix in prefixes {
          logits += decoder.joint.evaluate(
            encoded: frames[time], predicted: start + prefix * jointWidth, scratch)
        }
      }
    }
    add("joint.logits", [times.count, prefixes.count, decoder.joint.output.outputs], logits)
    add(
      "joint.enc_projected", [times.count, jointWidth],
      times.flatMap { UnsafeBufferPointer(start: frames[$0], count: jointWidth) })
  }

  /// The search: its tokens and, where the golden file has them, all its steps.
  mutating func addSearch(
    _ trace: TransducerTrace, _ golden: SafetensorsFile
  ) throws(CheckpointError) {
    let decoder = trace.decoder
    let wanted =
      golden.tensors["steps.logits_index"] == nil
      ? [] : Set(try golden.int32s("steps.logits_index").map(Int.init))
    let tokens = decoder.blank + 1
    var steps: [TransducerStep] = []
    var logProbabilities: [Float] = []
    var (logits, kept) = ([Float](), 0)
    var durations: [Float] = []
    var confidences: [[Float]] = [[], [], []]
    var (state, emitted) = (trace.start, [Token]())
    decoder.decode(trace.frames, continuing: &state, trace.scratch, into: &emitted) {
      step, scores in
      if wanted.contains(steps.count) { logits += scores; kept += 1 }
      steps.append(step)
      let labels = UnsafeBufferPointer(rebasing: scores[..<tokens])
      logProbabilities.append(Confidence.logProbability(labels, of: step.label))
      guard step.label != decoder.blank else { return }
      if scores.count > tokens {
        let lengths = UnsafeBufferPointer(rebasing: scores[tokens...])
        durations.append(Confidence.logProbabilities(lengths).max() ?? 0)
      }
      confidences[0].append(Confidence.maximumProbability(labels))
      confidences[1].append(Confidence.tsallisEntropy(labels))
      confidences[2].append(Confidence.gibbsEntropy(labels))
    }
    add("tokens.ids", emitted.map(\.id))
    add("tokens.frames", emitted.map(\.frame))
    add("tokens.durations", emitted.map(\.duration))
    add("tokens.logprobs", [emitted.count], emitted.map(\.logProbability))
    add("tokens.duration_logprobs", [durations.count], durations)
    add("conf.max_prob_a1", [emitted.count], confidences[0])
    add("conf.tsallis_a033_exp", [emitted.count], confidences[1])
    add("conf.gibbs_a1_lin", [emitted.count], confidences[2])
    add("steps.t", steps.map(\.frame))
    add("steps.u", steps.map(\.emitted))
    add("steps.label", steps.map(\.label))
    add("steps.duration_raw", steps.map(\.rawDuration))
    add("steps.duration", steps.map(\.duration))
    add("steps.logprob", [steps.count], logProbabilities)
    add("steps.logits", [kept, decoder.joint.output.outputs], logits)
  }
}
