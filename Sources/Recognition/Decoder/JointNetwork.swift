internal import Checkpoint
internal import Glibc
internal import Kernels

/// The joint network: W_o · activation(W_e · encoded + W_p · predicted) (NeMo's `RNNTJoint`).
struct JointNetwork {
  /// Shape `[J, d]`.
  let encoderProjection: Linear
  /// Shape `[J, H]`.
  let predictionProjection: Linear
  /// Shape `[V + 1 + durations, J]`.
  let output: Linear
  let activation: ModelConfiguration.JointActivation

  init(_ configuration: ModelConfiguration.Transducer, _ parameters: Parameters)
    throws(CheckpointError)
  {
    encoderProjection = try parameters.linear("joint.enc")
    predictionProjection = try parameters.linear("joint.pred")
    output = try parameters.linear("joint.joint_net.2")
    activation = configuration.activation
  }

  /// Width of the hidden layer, J.
  var width: Int { encoderProjection.outputs }

  /// Scores of tokens, blank and durations.
  ///
  /// - Parameters:
  ///   - encoded: One projected encoder frame, `[J]`.
  ///   - predicted: The projected output of the prediction network, `[J]`.
  ///   - scratch: Room to compute.
  /// - Returns: `[V + 1 + durations]` in the scratch.
  func evaluate(
    encoded: UnsafePointer<Float>, predicted: UnsafePointer<Float>, _ scratch: TransducerScratch
  ) -> UnsafeBufferPointer<Float> {
    let (hidden, logits) = (scratch.hidden, scratch.logits)
    hidden.update(from: encoded, count: width)
    add(predicted, to: hidden, count: width)
    switch activation {
    case .relu: Matrix(hidden, rows: 1, columns: width).apply(.relu)
    case .sigmoid: for i in 0..<width { hidden[i] = 1 / (1 + expf(-hidden[i])) }
    case .tanh: for i in 0..<width { hidden[i] = tanhf(hidden[i]) }
    }
    output.apply(vector: hidden, into: logits)
    return UnsafeBufferPointer(start: logits, count: output.outputs)
  }
}
