internal import Kernels

/// Where an utterance's activations lie while the encoder works.
struct EncoderBuffers {
  /// Pre-emphasised samples, `[1, L]`.
  let emphasized: Matrix
  /// Log-mel features, `[n, mels]`.
  let features: Matrix
  /// The residual stream, `[T, d]`; the encoder's output in the end.
  let x: Matrix
  /// Normalised input of the present module, `[T, d]`.
  let normed: Matrix
  /// Whatever is wide, `[T, ·]`: subsampled image, feed-forward hidden layer, q k v, gate.
  let wide: Matrix
  /// Sinusoids of all positions, `[2T − 1, d]`, where the kept tables do not reach that far.
  let sinusoids: Matrix?
  /// The present layer's projection of `sinusoids`.
  let positions: Matrix?
  /// Scratch of each member, `[members, ·]`.
  let scratch: Matrix

  /// The front of `wide` as rows of another width, after `offset` values a row.
  func wide(_ columns: Int, offset: Int = 0) -> Matrix {
    assert(offset + columns <= wide.columns)
    return Matrix(wide.values + wide.rows * offset, rows: wide.rows, columns: columns)
  }
}
