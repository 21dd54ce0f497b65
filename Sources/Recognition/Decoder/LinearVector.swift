internal import Kernels

extension Linear {
  /// Computes y = weight · x + bias for one vector on the calling thread.
  ///
  /// - Parameters:
  ///   - x: `[in]`
  ///   - y: `[out]`
  ///   - accumulate: Whether to add to what is in `y`.
  func apply(
    vector x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, accumulate: Bool = false
  ) {
    multiply(weight, x, bias: bias, into: y, accumulate: accumulate)
  }
}
