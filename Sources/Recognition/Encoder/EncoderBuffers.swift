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
  /// The output of a module's first half, `[T, d]`: attention, gate.
  let side: Matrix
  /// Whatever is wide, one row: subsampled image, feed-forward hidden layer, q k v.
  let wide: Matrix
  /// What int8 weights are multiplied with; nil where weights are float.
  let quantized: QuantizedRows?
  /// Whether somebody reads the floats that integers are made of.
  let keepsFloats: Bool
  /// Frames whose wide rows lie in memory together: `longestChunk`, or all where somebody wants to
  /// see them.
  let chunk: Int
  /// Sinusoids of positions T − 1 … 0, `[T, d]`, where the kept tables do not reach that far.
  let sinusoids: Matrix?
  /// Scratch of each member, `[members, ·]`.
  let scratch: Matrix

  /// Two minutes: weights are read once for so many frames.
  static let longestChunk = 8 * QuantizedRows.productRows

  /// All frames, `chunk` at a time.
  var chunks: some Sequence<Range<Int>> {
    let (frames, chunk) = (x.rows, chunk)
    return stride(from: 0, to: frames, by: chunk).lazy.map { $0..<min(frames, $0 + chunk) }
  }

  /// `wide` as rows.
  func wide(_ rows: Int, _ columns: Int) -> Matrix {
    assert(rows * columns <= wide.columns)
    return Matrix(wide.values, rows: rows, columns: columns)
  }

  /// Rows of floats as an operand; there is room for one at a time.
  func operand(_ floats: Matrix) -> Operand { Operand(floats, room: quantized) }
}
