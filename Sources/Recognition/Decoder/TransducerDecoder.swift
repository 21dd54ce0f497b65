internal import Checkpoint
internal import Kernels

/// Prediction and joint network with their search: encoder output to tokens.
///
/// It remembers nothing itself: a `DecoderState` holds what goes on across the windows of a long
/// recording, so that casing and punctuation continue.
struct TransducerDecoder {
  let prediction: PredictionNetwork
  let joint: JointNetwork
  /// Id of the blank, V.
  let blank: Int
  let search: GreedyTransducer

  init(_ configuration: ModelConfiguration.Transducer, blank: Int, _ parameters: Parameters)
    throws(CheckpointError)
  {
    prediction = try PredictionNetwork(configuration, parameters)
    joint = try JointNetwork(configuration, parameters)
    self.blank = blank
    search = GreedyTransducer(
      blank: blank, durations: configuration.durations,
      maxSymbolsPerFrame: configuration.maxSymbolsPerFrame)
  }

  /// Floats in a state.
  var memoryCount: Int { 2 * prediction.layers * prediction.width + joint.width }

  /// The state at the start of a recording.
  func start(_ scratch: TransducerScratch) -> DecoderState {
    var state = DecoderState(values: [Float](repeating: 0, count: memoryCount))
    _ = state.withMemory(of: self) { memory in
      prediction.begin(memory, scratch)
      project(memory)
    }
    return state
  }

  /// Takes a token in.
  func accept(_ token: Int, _ memory: TransducerMemory, _ scratch: TransducerScratch) {
    prediction.accept(token, memory, scratch)
    project(memory)
  }

  private func project(_ memory: TransducerMemory) {
    joint.predictionProjection.apply(vector: memory.output, into: memory.projected)
  }

  /// Projects encoder output for the joint network together.
  ///
  /// - Parameters:
  ///   - encoded: `[T, d]`
  ///   - frames: `[T, J]`
  ///   - team: Does the work.
  func project(_ encoded: Operand, into frames: Matrix, _ team: Team) {
    team.run { member in
      encoded.finish(member)
      joint.encoderProjection.apply(encoded, into: frames, member, members: team.cuts)
    }
  }

  /// Decodes projected frames, `[T, J]`, and moves the state on.
  ///
  /// - Parameters:
  ///   - frames: `[T, J]`
  ///   - state: What came before.
  ///   - scratch: Room to compute.
  ///   - tokens: Gets tokens appended.
  ///   - instrument: Times both networks.
  ///   - evidence: Keeps states.
  ///   - observe: Gets every evaluation of the joint network.
  func decode(
    _ frames: MatrixView, continuing state: inout DecoderState, _ scratch: TransducerScratch,
    into tokens: inout [Token], instrument: Instrument? = nil, evidence: Evidence? = nil,
    observe: ((TransducerStep, UnsafeBufferPointer<Float>) -> Void)? = nil
  ) {
    let first = state.frame
    var cursor = state.cursor(scratch.biased)
    _ = state.withMemory(of: self) { memory in
      var head = Head(
        decoder: self, memory: memory, scratch: scratch, frames: frames, instrument: instrument)
      search.search(
        frames: frames.rows, &head, &cursor,
        emit: { id, frame, duration, scores in
          evidence?.keep(memory, count: memoryCount)
          tokens.append(
            Token(
              id: id, frame: first + frame, duration: duration,
              logProbability: Confidence.logProbability(scores, of: id),
              confidence: Confidence.tsallisEntropy(scores)))
        }, observe: observe)
      evidence?.keep(memory, count: memoryCount)
    }
    state.keep(cursor)
    state.frame += frames.rows
  }

  private struct Head: TransducerHead {
    let decoder: TransducerDecoder
    let memory: TransducerMemory
    let scratch: TransducerScratch
    let frames: MatrixView
    let instrument: Instrument?

    func logits(frame: Int) -> UnsafeBufferPointer<Float> {
      decoder.joint.evaluate(
        encoded: frames[frame], predicted: UnsafePointer(memory.projected), scratch)
    }

    func accept(_ token: Int) {
      instrument?.lap(.joint)
      decoder.accept(token, memory, scratch)
      instrument?.lap(.prediction)
    }
  }
}
