internal import Checkpoint
internal import Glibc
internal import Kernels

/// Where the joint network scores many frames together after the same tokens: one product instead
/// of one for each frame, for which all of its weights would be read again.
struct JointBlock {
  private let joint: JointNetwork
  /// Shape `[T, J]`.
  private let hidden: Matrix
  /// Shape `[T, V + 1 + durations]`.
  private let logits: Matrix

  /// Asks for room.
  ///
  /// - Parameters:
  ///   - joint: The network.
  ///   - frames: Frames, T.
  ///   - carver: Hands out memory.
  init(_ joint: JointNetwork, frames: Int, _ carver: inout Workspace.Carver) {
    self.joint = joint
    hidden = carver.matrix(frames, joint.width)
    logits = carver.matrix(frames, joint.output.outputs)
  }

  /// Scores tokens, blank and durations.
  ///
  /// - Parameters:
  ///   - encoded: Projected encoder frames, `[T, J]`.
  ///   - predicted: The projected output of the prediction network, `[J]`.
  ///   - member: The calling thread's part in a team.
  /// - Returns: `[T, V + 1 + durations]`, until the next call.
  func evaluate(
    _ encoded: MatrixView, predicted: UnsafePointer<Float>, _ member: Member
  ) -> MatrixView {
    for row in 0..<encoded.rows {
      hidden[row].update(from: encoded[row], count: joint.width)
      add(predicted, to: hidden[row], count: joint.width)
    }
    let values = UnsafeMutableBufferPointer(
      start: hidden.values, count: hidden.rows * hidden.stride)
    switch joint.activation {
    case .relu: hidden.apply(.relu)
    case .sigmoid: for index in values.indices { values[index] = 1 / (1 + expf(-values[index])) }
    case .tanh: for index in values.indices { values[index] = tanhf(values[index]) }
    }
    joint.output.compute(
      Operand(hidden, room: nil), into: logits, rows: 0..<hidden.rows,
      outputs: 0..<joint.output.outputs, member)
    return logits.view
  }
}
