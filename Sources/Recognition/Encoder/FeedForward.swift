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

  func products(frames: Int) -> [MatrixProduct] {
    [MatrixProduct(rows: frames, up.weight), MatrixProduct(rows: frames, down.weight)]
  }

  func apply(_ step: LayerStep) {
    let (x, normed) = (step.buffers.x, step.buffers.normed)
    let hidden = step.buffers.wide(up.outputs)
    norm.apply(x.view, into: normed, step.member)
    step.record("norm_\(name)", normed)
    up.apply(normed.view, into: hidden, step.member, members: step.members, .swish)
    step.branch(name, scale: 0.5) {
      down.accumulate(hidden.view, into: x, scale: 0.5, step.member, members: step.members)
    }
  }
}
