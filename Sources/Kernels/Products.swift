internal import CKernels
internal import COpenBLAS

/// Lets OpenBLAS work on the calling thread only: a team shares the work out.
func useBLASOnOneThread() { openblas_set_num_threads(1) }

/// Computes c = alpha · a · wᵀ + beta · c on the calling thread.
///
/// - Parameters:
///   - a: `[rows, inner]`.
///   - w: `[columns, inner]`, as weights are stored.
///   - c: `[rows, columns]`.
///   - alpha: Factor of the product.
///   - beta: Factor of what is in `c` already.
///   - member: The calling thread's part in a team.
package func multiply(
  _ a: MatrixView, transposed w: MatrixView, into c: Matrix, alpha: Float = 1, beta: Float = 0,
  _ member: Member
) {
  assert(a.columns == w.columns && c.rows == a.rows && c.columns == w.rows)
  member.timing(.multiplying) {
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(a.rows), Int32(w.rows), Int32(a.columns),
      alpha, a.values, Int32(a.stride), w.values, Int32(w.stride), beta, c.values, Int32(c.stride))
  }
}

/// Computes y = w · x + bias, or adds it to y.
///
/// - Parameters:
///   - w: `[rows, columns]`, without gaps between rows.
///   - x: `[columns]`.
///   - bias: `[rows]`, or nil.
///   - y: `[rows]`.
///   - accumulate: Whether to add to what is in `y`.
package func multiply(
  _ w: MatrixView, _ x: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
  into y: UnsafeMutablePointer<Float>, accumulate: Bool = false
) {
  assert(w.stride == w.columns)
  ck_matrix_vector(w.values, x, bias, y, w.rows, w.columns, accumulate)
}

/// The library that multiplies matrices, and how it names this processor.
package var blasDescription: String {
  let configuration = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
  let words = configuration.split(separator: " ").prefix(2).joined(separator: " ")
  let core = openblas_get_corename().map { String(cString: $0) } ?? ""
  return "\(words) \(core)"
}

/// Multiplies as OpenBLAS does by itself, with threads of its own: the yardstick of the benchmark.
///
/// - Parameters:
///   - rows: Rows of the activations.
///   - columns: Outputs.
///   - inner: Inputs.
///   - a: `[rows, inner]`.
///   - w: `[columns, inner]`.
///   - c: `[rows, columns]`.
///   - threads: Threads that OpenBLAS may use in this call.
package func multiplyWithBLASThreads(
  rows: Int, columns: Int, inner: Int, _ a: UnsafePointer<Float>, _ w: UnsafePointer<Float>,
  into c: UnsafeMutablePointer<Float>, threads: Int
) {
  if openblas_get_num_threads() != Int32(threads) { openblas_set_num_threads(Int32(threads)) }
  cblas_sgemm(
    CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(columns), Int32(inner), 1,
    a, Int32(inner), w, Int32(inner), 0, c, Int32(columns))
}

/// Ends a run of `multiplyWithBLASThreads`.
package func endBLASThreads() { useBLASOnOneThread() }
