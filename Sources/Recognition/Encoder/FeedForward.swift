internal import Checkpoint
internal import Kernels

/// Half-step feed-forward module: x += ½ · W2 · swish(W1 · norm(x)).
struct FeedForward {
  private let norm: LayerNorm
  /// Shape `[ff, d]`.
  private let up: Linear
  /// Shape `[d, ff]`.
  private let down: Linear
  private let name: String

  init(layer: String, name: String, _ parameters: Parameters) throws(CheckpointError) {
    norm = try parameters.norm("\(layer).norm_\(name)")
    up = try parameters.linear("\(layer).\(name).linear1")
    down = try parameters.linear("\(layer).\(name).linear2")
    self.name = name
  }

  func apply(_ step: LayerStep) {
    let (buffers, member) = (step.buffers, step.member)
    step.branch(name, scale: 0.5) {
      for rows in buffers.chunks {
        let x = buffers.x.rows(rows)
        let normed = buffers.operand(buffers.normed.rows(rows))
        step.normalize(x, norm, into: normed)
        let hidden = buffers.operand(buffers.wide(rows.count, up.outputs))
        up.apply(
          normed, into: hidden.floats, member, members: step.members, then: .replace(.swish))
        hidden.finish(member)
        down.apply(hidden, into: x, member, members: step.members, then: .add(scale: 0.5))
      }
    }
    step.record("norm_\(name)", buffers.normed)
  }
}
