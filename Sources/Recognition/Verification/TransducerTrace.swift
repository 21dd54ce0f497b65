internal import Checkpoint
internal import Kernels

extension Trace {
  /// Prediction and joint network at the tokens and frames that the golden file names.
  mutating func addNetworks(
    _ decoder: TransducerDecoder, _ frames: MatrixView, _ golden: SafetensorsFile
  ) throws(CheckpointError) {
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
    decoder.reset()
    for position in 0...sequence.count {
      if position > 0 { decoder.accept(sequence[position - 1]) }
      outputs += UnsafeBufferPointer(start: decoder.prediction.output, count: width)
      projected += UnsafeBufferPointer(start: decoder.projected, count: jointWidth)
    }
    let rows = sequence.count + 1
    add("pred.outputs", [rows, width], outputs)
    add("pred.projected", [rows, jointWidth], projected)
    let states = decoder.prediction.states
    let count = decoder.prediction.layers * width
    for (name, state) in [("pred.h_final", states.h), ("pred.c_final", states.c)] {
      add(
        name, [decoder.prediction.layers, width],
        Array(UnsafeBufferPointer(start: state.values, count: count)))
    }

    var logits: [Float] = []
    projected.withUnsafeBufferPointer { projected in
      guard let start = projected.baseAddress else { return }
      for time in times {
        for prefix in prefixes {
          logits += decoder.joint.evaluate(
            encoded: frames[time], predicted: start + prefix * jointWidth)
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
    _ decoder: TransducerDecoder, _ frames: MatrixView, _ golden: SafetensorsFile
  ) throws(CheckpointError) {
    let wanted =
      golden.tensors["steps.logits_index"] == nil
      ? [] : Set(try golden.int32s("steps.logits_index").map(Int.init))
    let tokens = decoder.blank + 1
    var steps: [TransducerStep] = []
    var logProbabilities: [Float] = []
    var (logits, kept) = ([Float](), 0)
    var durations: [Float] = []
    var confidences: [[Float]] = [[], [], []]
    decoder.reset()
    var emitted: [Token] = []
    decoder.decode(frames, into: &emitted) { step, scores in
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
