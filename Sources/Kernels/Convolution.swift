internal import CKernels

/// An image `[height, width, channels]`, or some consecutive rows of it.
package struct Image {
  /// The first value of row `first`.
  package let values: UnsafeMutablePointer<Float>
  /// Rows of the whole image.
  package let height: Int
  /// Columns.
  package let width: Int
  /// Values at each place.
  package let channels: Int
  /// The rows that are in memory.
  package let rows: Range<Int>

  /// Describes rows of an image in memory.
  package init(
    _ values: UnsafeMutablePointer<Float>, height: Int, width: Int, channels: Int, rows: Range<Int>
  ) {
    self.values = values
    self.height = height
    self.width = width
    self.channels = channels
    self.rows = rows
  }

  /// One place a row: `[rows · width, channels]`.
  package var places: Matrix { Matrix(values, rows: rows.count * width, columns: channels) }

  /// The rows of a stride-2 convolution's input that some rows of its output depend on.
  package static func inputRows(for rows: Range<Int>, height: Int) -> Range<Int> {
    max(0, 2 * rows.lowerBound - 1)..<min(height, 2 * rows.upperBound)
  }

  /// Convolves a one-channel image 3×3, stride 2, padding 1, and activates the sums.
  ///
  /// - Parameters:
  ///   - x: `[height, width]`, all rows.
  ///   - weights: `[9, channels]`.
  ///   - bias: `[channels]`.
  ///   - activation: What follows.
  package func convolve(
    _ x: MatrixView, weights: MatrixView, bias: UnsafePointer<Float>, then activation: Activation
  ) {
    ck_conv_first(
      x.values, weights.values, bias, values, x.rows, x.columns, rows.lowerBound, rows.upperBound,
      channels, activation.code)
  }

  /// Convolves each channel by itself 3×3, stride 2, padding 1.
  ///
  /// - Parameters:
  ///   - x: An image twice as large that holds the rows this one depends on.
  ///   - weights: `[9, channels]`.
  ///   - bias: `[channels]`.
  package func convolveDepthwise(_ x: Image, weights: MatrixView, bias: UnsafePointer<Float>) {
    ck_conv_depthwise(
      x.values, x.rows.lowerBound, weights.values, bias, values, x.height, x.width,
      rows.lowerBound, rows.upperBound, channels)
  }

  /// Writes each row as `[channels · width]`, channels outermost.
  package func flatten(into y: Matrix) {
    assert(y.stride == y.columns && y.columns == width * channels)
    ck_channel_major(values, y.values, rows.count, width, channels)
  }
}
