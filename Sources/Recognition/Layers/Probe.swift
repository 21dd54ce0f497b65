internal import Kernels

/// Keeps intermediate tensors of one recognition, to be compared with golden ones.
final class Probe {
  /// Values as they were, in the layout of the engine.
  struct Recording {
    /// Extents, outermost first.
    let shape: [Int]
    let values: [Float]
  }

  private(set) var recordings: [String: Recording] = [:]
  private var before: [Float] = []

  func record(_ name: String, _ matrix: MatrixView) {
    recordings[name] = Recording(shape: [matrix.rows, matrix.columns], values: copy(matrix))
  }

  func record(_ name: String, _ image: Image) {
    recordings[name] = Recording(
      shape: [image.rows.count, image.width, image.channels], values: copy(image.places.view))
  }

  func record(_ name: String, shape: [Int], _ values: [Float]) {
    recordings[name] = Recording(shape: shape, values: values)
  }

  /// Remembers x before a residual branch is added to it.
  func beginBranch(_ x: MatrixView) { before = copy(x) }

  /// Records what a branch has added to x, divided by the branch's scale.
  func endBranch(_ name: String, _ x: MatrixView, scale: Float) {
    let added = zip(copy(x), before).map { ($0 - $1) / scale }
    recordings[name] = Recording(shape: [x.rows, x.columns], values: added)
  }

  private func copy(_ matrix: MatrixView) -> [Float] {
    (0..<matrix.rows).flatMap { row in
      UnsafeBufferPointer(start: matrix[row], count: matrix.columns)
    }
  }
}
