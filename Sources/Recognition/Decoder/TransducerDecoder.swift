internal import Checkpoint
internal import Kernels

/// Prediction and joint network with their search: encoder output to tokens.
///
/// The prediction network remembers its tokens from one call to the next, so that casing and
/// punctuation go on across the windows of a long recording.
struct TransducerDecoder {
  let prediction: PredictionNetwork
  let joint: JointNetwork
  /// Id of the blank, V.
  let blank: Int
  private let search: GreedyTransducer
  /// The projected output of the prediction network, `[J]`.
  private let predicted: UnsafeMutablePointer<Float>

  init(_ configuration: ModelConfiguration.Transducer, blank: Int, _ parameters: Parameters)
    throws(CheckpointError)
  {
    prediction = try PredictionNetwork(configuration, parameters)
    joint = try JointNetwork(configuration, parameters)
    predicted = parameters.allocate(configuration.jointWidth)
    self.blank = blank
    search = GreedyTransducer(
      blank: blank, durations: configuration.durations,
      maxSymbolsPerFrame: configuration.maxSymbolsPerFrame)
  }

  /// Forgets all tokens; to be called once before the first.
  func reset() {
    prediction.reset()
    project()
  }

  /// What the tokens so far left behind, `[2, layers, H]`.
  var memory: [Float] { prediction.memory }

  /// Goes back to what it remembered.
  func restore(_ memory: [Float]) {
    prediction.restore(memory)
    project()
  }

  /// The prediction network's projected output, `[J]`.
  var projected: UnsafePointer<Float> { UnsafePointer(predicted) }

  /// Takes a token in.
  func accept(_ token: Int) {
    prediction.accept(token)
    project()
  }

  private func project() {
    joint.predictionProjection.apply(vector: prediction.output, into: predicted)
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
      joint.encoderProjection.apply(encoded, into: frames, member, members: team.size)
    }
  }

  /// Decodes projected frames, `[T, J]`.
  ///
  /// - Parameters:
  ///   - frames: `[T, J]`
  ///   - tokens: Gets tokens appended, with frames counted from the first one given.
  ///   - stopwatch: Times both networks.
  ///   - observe: Gets every evaluation of the joint network.
  func decode(
    _ frames: MatrixView, into tokens: inout [Token], stopwatch: Stopwatch? = nil,
    observe: ((TransducerStep, UnsafeBufferPointer<Float>) -> Void)? = nil
  ) {
    var head = Head(decoder: self, frames: frames, stopwatch: stopwatch)
    search.search(
      frames: frames.rows, &head,
      emit: { id, frame, duration, scores in
        tokens.append(
          Token(
            id: id, frame: frame, duration: duration,
            logProbability: Confidence.logProbability(scores, of: id),
            confidence: Confidence.tsallisEntropy(scores)))
      }, observe: observe)
  }

  private struct Head: TransducerHead {
    let decoder: TransducerDecoder
    let frames: MatrixView
    let stopwatch: Stopwatch?

    func logits(frame: Int) -> UnsafeBufferPointer<Float> {
      decoder.joint.evaluate(encoded: frames[frame], predicted: decoder.projected)
    }

    func accept(_ token: Int) {
      stopwatch?.lap(.joint)
      decoder.accept(token)
      stopwatch?.lap(.prediction)
    }
  }
}
