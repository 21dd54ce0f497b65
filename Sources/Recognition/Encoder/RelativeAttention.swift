internal import Checkpoint
internal import Glibc
internal import Kernels

/// Multi-head self-attention with relative positions (Transformer-XL), in blocks of queries.
///
/// score(i, j) = ((q_i + u) · k_j + (q_i + v) · P[i − j]) / √d_k. The shift of the positional
/// term is an index, not a copy, and memory is `[block, T]` for each thread, never `[T, T]`.
struct RelativeAttention {
  private let norm: LayerNorm
  /// `[d, d]` each.
  private let query, key, value, out: Linear
  /// Position biases, `[heads, d_k]`.
  private let u, v: UnsafePointer<Float>
  private let heads: Int
  private let context: ModelConfiguration.AttentionContext

  /// Queries that one thread works on at a time.
  ///
  /// OpenBLAS packs all keys anew for every block, so that larger blocks pay; the scores of a block
  /// should still lie in the cache when they are normalised. With local attention every query more
  /// also means a key more that most queries do not see. Measured with T = 126, 376, 1500, 6000.
  private static func block(
    frames: Int, _ context: ModelConfiguration.AttentionContext
  ) -> Int {
    switch context {
    case .full: min(frames, frames <= 512 ? 128 : 256)
    case .local: min(frames, localBlock)
    }
  }

  private static let localBlock = 64

  init(layer: String, _ configuration: ModelConfiguration.Encoder, _ parameters: Parameters)
    throws(CheckpointError)
  {
    let name = "\(layer).self_attn"
    norm = try parameters.norm("\(layer).norm_self_att")
    query = try parameters.linear("\(name).linear_q")
    key = try parameters.linear("\(name).linear_k")
    value = try parameters.linear("\(name).linear_v")
    out = try parameters.linear("\(name).linear_out")
    func positionBias(_ letter: String) throws(CheckpointError) -> UnsafePointer<Float> {
      // Tied biases belong to the encoder; some checkpoints repeat them in every layer.
      if let own = try parameters.vectorIfPresent("\(name).pos_bias_\(letter)") { return own }
      return try parameters.vector("encoder.pos_bias_\(letter)")
    }
    u = try positionBias("u")
    v = try positionBias("v")
    heads = configuration.heads
    context = configuration.attention
  }

  /// Floats of scratch that each member needs.
  static func scratchCount(frames: Int, _ configuration: ModelConfiguration.Encoder) -> Int {
    let keys = keyCount(frames: frames, configuration.attention)
    let block = block(frames: frames, configuration.attention)
    return block * (2 * configuration.width / configuration.heads + 2 * keys + block)
  }

  func products(frames: Int) -> [MatrixProduct] {
    let depth = query.outputs / heads
    let keys = Self.keyCount(frames: frames, context)
    let shifts = keys + Self.block(frames: frames, context) - 1
    let oneHead = [
      MatrixProduct(rows: frames, columns: keys, inner: depth),
      MatrixProduct(rows: frames, columns: shifts, inner: depth),
      MatrixProduct(rows: frames, columns: depth, inner: keys),
    ]
    return [query, key, value].map { MatrixProduct(rows: frames, $0.weights) }
      + (0..<heads).flatMap { _ in oneHead } + [MatrixProduct(rows: frames, out.weights)]
  }

  /// One more than the furthest relative position that a block computes a score for.
  static func reach(frames: Int, _ context: ModelConfiguration.AttentionContext) -> Int {
    switch context {
    case .full: frames
    case .local(let left, let right): min(frames, max(left, right) + localBlock)
    }
  }

  private static func keyCount(frames: Int, _ context: ModelConfiguration.AttentionContext) -> Int {
    switch context {
    case .full: frames
    case .local(let left, let right): min(frames, left + right + localBlock)
    }
  }

  /// Applies the module to the residual stream together.
  ///
  /// - Parameters:
  ///   - step: Buffers and team.
  ///   - positions: This layer's projected positions, `[rows, d]`.
  ///   - origin: The row of `positions` that stands for position 0.
  func apply(_ step: LayerStep, positions: MatrixView, origin: Int) {
    let (x, normed, member) = (step.buffers.x, step.buffers.normed, step.member)
    let width = x.columns
    let qkv = step.buffers.wide(x.rows, 3 * width)
    let operand = step.buffers.operand(normed)
    norm.apply(x.view, into: operand, member)
    step.record("norm_self_att", normed)

    let tiling = query.weights.tiling(rows: x.rows, members: step.members)
    member.tiles(3 * tiling.count) { tile in
      let part = tile / tiling.count
      let (rows, outputs) = tiling[tile % tiling.count]
      let linear = part == 0 ? query : part == 1 ? key : value
      linear.compute(
        operand, into: qkv.columns(part * width..<(part + 1) * width), rows: rows,
        outputs: outputs, member)
    }

    let block = Self.block(frames: x.rows, context)
    let blocks = (x.rows + block - 1) / block
    member.tiles(heads * blocks) { tile in
      let first = tile % blocks * block
      attend(
        head: tile / blocks, queries: first..<min(x.rows, first + block), qkv.view,
        positions: positions, origin: origin, into: step.buffers.side,
        scratch: step.buffers.scratch[member.index])
    }
    let attended = step.buffers.operand(step.buffers.side)
    attended.finish(member)
    step.branch("self_attn", scale: 1) {
      out.apply(attended, into: x, member, members: step.members, then: .add(scale: 1))
    }
  }

  private func attend(
    head: Int, queries: Range<Int>, _ qkv: MatrixView, positions: MatrixView, origin: Int,
    into output: Matrix, scratch: UnsafeMutablePointer<Float>
  ) {
    let width = output.columns
    let depth = width / heads
    let columns = head * depth..<(head + 1) * depth
    let keys = keys(for: queries, frames: output.rows)
    let shifts = queries.count + keys.count - 1

    let withU = Matrix(scratch, rows: queries.count, columns: depth)
    let withV = Matrix(withU[queries.count], rows: queries.count, columns: depth)
    let scores = Matrix(withV[queries.count], rows: queries.count, columns: keys.count)
    let shifted = Matrix(scores[queries.count], rows: queries.count, columns: shifts)

    addQueryBiases(
      qkv.rows(queries).columns(columns), u: u + columns.lowerBound, v: v + columns.lowerBound,
      scale: 1 / sqrtf(Float(depth)), intoU: withU, intoV: withV)
    let k = qkv.rows(keys).columns(columns.lowerBound + width..<columns.upperBound + width)
    let v = qkv.rows(keys).columns(columns.lowerBound + 2 * width..<columns.upperBound + 2 * width)
    multiply(withU.view, transposed: k, into: scores)

    // Column c of `shifted` stands for position last − c, the last query's to the first key.
    let last = queries.upperBound - 1 - keys.lowerBound
    let p = positions.rows(origin - last..<origin - last + shifts).columns(columns)
    multiply(withV.view, transposed: p, into: shifted)
    for row in 0..<queries.count {
      normalize(
        scores[row], query: queries.lowerBound + row, keys: keys,
        positional: shifted[row] + (queries.count - 1 - row))
    }
    multiply(scores.view, v, into: output.rows(queries).columns(columns))
  }

  /// The keys that any of some queries sees.
  private func keys(for queries: Range<Int>, frames: Int) -> Range<Int> {
    switch context {
    case .full: 0..<frames
    case .local(let left, let right):
      max(0, queries.lowerBound - left)..<min(frames, queries.upperBound + right)
    }
  }

  /// Turns one query's scores into weights; `positional[c]` belongs to key `keys.lowerBound + c`.
  private func normalize(
    _ scores: UnsafeMutablePointer<Float>, query: Int, keys: Range<Int>,
    positional: UnsafePointer<Float>
  ) {
    guard case .local(let left, let right) = context else {
      return softmax(scores, adding: positional, count: keys.count)
    }
    let seen = max(keys.lowerBound, query - left)..<min(keys.upperBound, query + right + 1)
    let first = seen.lowerBound - keys.lowerBound
    for column in 0..<first { scores[column] = 0 }
    for column in first + seen.count..<keys.count { scores[column] = 0 }
    if left == right {
      softmax(scores + first, adding: positional + first, count: seen.count)
    } else {
      addAsymmetric(
        scores, query: query - keys.lowerBound, first..<first + seen.count, positional,
        left: left, right: right)
      softmax(scores + first, adding: nil, count: seen.count)
    }
  }

  /// Adds positional terms as NeMo does where left ≠ right: it shifts those of the narrower side's
  /// opposite by |left − right| and leaves the nearest keys of that side without one.
  private func addAsymmetric(
    _ scores: UnsafeMutablePointer<Float>, query: Int, _ columns: Range<Int>,
    _ positional: UnsafePointer<Float>, left: Int, right: Int
  ) {
    let shift = abs(left - right)
    for column in columns {
      let ahead = column - query
      if left < right ? ahead >= 0 : ahead < 0 {
        scores[column] += positional[column]
      } else if left < right, -ahead > shift {
        scores[column] += positional[column + shift]
      } else if left > right, ahead >= shift {
        scores[column] += positional[column - shift]
      }
    }
  }
}
