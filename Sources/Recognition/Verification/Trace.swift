internal import Checkpoint
internal import Kernels

/// One recognition with everything that can be compared kept, in the layout of golden files.
struct Trace {
  private(set) var recordings: [String: Probe.Recording] = [:]

  /// Recognises a recording.
  ///
  /// - Parameters:
  ///   - recognizer: The engine.
  ///   - samples: 16 kHz mono.
  ///   - golden: Says which tokens to feed the prediction network and which scores are wanted.
  /// - Throws: `RecognitionError` when the golden file cannot be read or memory is short.
  init(_ recognizer: Recognizer, samples: UnsafeBufferPointer<Float>, golden: SafetensorsFile)
    throws(RecognitionError)
  {
    let (model, team) = (recognizer.model, recognizer.team)
    let buffers = try recognizer.buffers(samples: samples.count, probing: true)
    let probe = Probe()
    model.encoder.extractFeatures(samples, buffers.encoder, team)
    addFeatures(buffers.encoder.features)
    model.encoder.encode(buffers.encoder, team, probe: probe)
    for (name, recording) in probe.recordings {
      recordings[name] = recording.shape.count == 3 ? Self.channelsFirst(recording) : recording
    }
    addPositions(golden, model.encoder)
    addParts(golden)
    let encoded = buffers.encoder.x
    if let ctc = model.head.ctc {
      addCTC(ctc, encoded, room: buffers.encoder.wide(CTCDecoder.rows, ctc.output.outputs), team)
    }
    guard let transducer = model.head.transducer else { return }
    let projected = buffers.encoder.wide(encoded.rows, transducer.joint.width)
    transducer.project(buffers.encoder.operand(encoded), into: projected, team)
    let search = TransducerTrace(
      decoder: transducer, frames: projected.view, start: model.start, scratch: buffers.scratch)
    do throws(CheckpointError) {
      try addNetworks(search, golden)
      try addSearch(search, golden)
    } catch {
      throw .checkpoint(error)
    }
  }

  /// Golden files of long recordings hold some rows only.
  private mutating func addParts(_ golden: SafetensorsFile) {
    for (whole, recording) in recordings where recording.shape.count == 2 {
      let (count, width) = (recording.shape[0], recording.shape[1])
      let tail = golden.tensors["\(whole)_tail"]?.shape.first ?? 0
      for (name, rows) in [
        ("\(whole)_tail", stride(from: max(0, count - tail), to: count, by: 1)),
        ("\(whole)_every_8th", stride(from: 0, to: count, by: 8)),
      ] where golden.tensors[name] != nil {
        let values = rows.flatMap { recording.values[$0 * width..<($0 + 1) * width] }
        add(name, [values.count / width, width], values)
      }
    }
  }

  mutating func add(_ name: String, _ shape: [Int], _ values: [Float]) {
    recordings[name] = Probe.Recording(shape: shape, values: values)
  }

  mutating func add(_ name: String, _ values: [Int]) {
    add(name, [values.count], values.map(Float.init))
  }

  /// Golden features are `[mels, n + 1]`, the last column zero.
  private mutating func addFeatures(_ features: Matrix) {
    let values = (0..<features.columns).flatMap { mel in
      (0...features.rows).map { $0 == features.rows ? 0 : features[$0][mel] }
    }
    add("features", [features.columns, features.rows + 1], values)
  }

  /// Golden images are `[channels, time, mel]`.
  private static func channelsFirst(_ image: Probe.Recording) -> Probe.Recording {
    let (height, width, channels) = (image.shape[0], image.shape[1], image.shape[2])
    let values = (0..<channels).flatMap { channel in
      (0..<height * width).map { image.values[$0 * channels + channel] }
    }
    return Probe.Recording(shape: [channels, height, width], values: values)
  }

  /// The golden table covers positions left … −right for local attention, else T − 1 … 1 − T.
  private mutating func addPositions(_ golden: SafetensorsFile, _ encoder: FastConformer) {
    let width = encoder.width
    guard let shape = golden.tensors["pos_emb"]?.shape, shape.count == 2, shape[1] == width else {
      return
    }
    let first: Int =
      switch encoder.context {
      case .full: (shape[0] - 1) / 2
      case .local(let left, _): left
      }
    var row = [Float](repeating: 0, count: width)
    let values = (0..<shape[0]).flatMap { index in
      row.withUnsafeMutableBufferPointer { row in
        if let start = row.baseAddress {
          RelativePositions.encode(position: first - index, into: start, width: width)
        }
      }
      return row
    }
    add("pos_emb", shape, values)
  }

  private mutating func addCTC(
    _ decoder: CTCDecoder, _ encoded: Matrix, room: Matrix, _ team: Team
  ) {
    var logProbabilities: [Float] = []
    var labels: [Int] = []
    var tokens: [Token] = []
    var state = DecoderState()
    decoder.decode(encoded, room: room, continuing: &state, into: &tokens, team) { _, scores in
      logProbabilities += Confidence.logProbabilities(scores)
      labels.append(scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 })
    }
    add("ctc.logprobs", [labels.count, decoder.output.outputs], logProbabilities)
    add("ctc.argmax", labels)
    add("ctc.token_ids", tokens.map(\.id))
    add("ctc.token_frames", tokens.map(\.frame))
  }
}
