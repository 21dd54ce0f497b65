internal import Kernels

/// Scale and shift of a layer normalisation.
struct LayerNorm {
  /// Shape `[d]`.
  let gamma: UnsafePointer<Float>
  /// Shape `[d]`.
  let beta: UnsafePointer<Float>

  /// Normalises x into y on the calling thread.
  func apply(_ x: MatrixView, into y: Matrix) {
    layerNorm(x, gamma: gamma, beta: beta, into: y)
  }
}
