internal import Checkpoint
internal import Glibc
internal import Kernels

/// Multi-head self-attention with relative positions (Transformer-XL), in blocks of queries.
///
/// score(i, j) = ((q_i + u) · k_j + (q_i + v) · P[i − j]) / √d_k. The shift of the positional
/// term is an index, not a copy, and no more than a block of scores exists at a time.
struct RelativeAttention {
  private let norm: LayerNorm
  /// `[d, d]` each.
  private let query, key, value, out: Linear
  /// Position biases, `[heads, d_k]`.
  private let u, v: UnsafePointer<Float>
  private let configuration: ModelConfiguration.Encoder

  /// Queries that one thread works on at a time: blocks of one size, a multiple of what the kernels
  /// take at once.
  ///
  /// A larger block reads keys, positions and values less often; its scores should still lie in the
  /// second cache. With local attention every query more also means a key more that most queries do
  /// not see.
  private static func block(
    frames: Int, _ context: ModelConfiguration.AttentionContext
  ) -> Int {
    let most =
      switch context {
      case .full: 96
      case .local: localBlock / QueryBlock.grain * QueryBlock.grain
      }
    let frames = max(1, frames)
    let blocks = (frames + most - 1) / most
    let even = (frames + blocks - 1) / blocks
    return (even + QueryBlock.grain - 1) / QueryBlock.grain * QueryBlock.grain
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
    self.configuration = configuration
  }

  private var heads: Int { configuration.heads }
  private var depth: Int { configuration.width / configuration.heads }
  private var context: ModelConfiguration.AttentionContext { configuration.attention }

  /// Floats of scratch that each member needs.
  static func scratchCount(frames: Int, _ configuration: ModelConfiguration.Encoder) -> Int {
    max(
      QueryBlock.count(
        queries: block(frames: frames, configuration.attention),
        depth: configuration.width / configuration.heads, configuration.attention.reach),
      RelativePositions.scratchCount(width: configuration.width))
  }

  /// One more than the furthest relative position that a block computes a score for.
  static func reach(frames: Int, _ context: ModelConfiguration.AttentionContext) -> Int {
    switch context {
    case .full: frames
    case .local(let left, let right): min(frames, max(left, right) + localBlock)
    }
  }

  /// One more than the furthest relative position that is read at all.
  ///
  /// Scores are also computed, and not used, for queries that fill the last block up, and on the
  /// side that looks further for positions that only the other one has.
  static func read(frames: Int, _ context: ModelConfiguration.AttentionContext) -> Int {
    let shift = if case .local(let left, let right) = context { abs(right - left) } else { 0 }
    return reach(frames: frames, context) + QueryBlock.grain - 1 + shift
  }

  /// Applies the module to the residual stream together.
  ///
  /// - Parameters:
  ///   - step: Buffers and team.
  ///   - kept: Relative positions of all layers.
  func apply(_ step: LayerStep, _ kept: KeptPositions) {
    let (x, output, member) = (step.buffers.x, step.buffers.side, step.member)
    let normed = step.buffers.operand(step.buffers.normed)
    let buffers = AttentionBuffers(
      AttentionBuffers.Plan(
        frames: x.rows, configuration, hasPositions: step.buffers.sinusoids != nil),
      at: step.buffers.wide.values)
    step.normalize(x, norm, into: normed)
    step.record("norm_self_att", normed.floats)

    let scratch = step.buffers.scratch[member.index]
    let block = Self.block(frames: x.rows, context)
    let blocks = (x.rows + block - 1) / block
    for first in stride(from: 0, to: heads, by: buffers.group) {
      let group = first..<min(heads, first + buffers.group)
      project(normed, group, buffers, step)
      step.lap(.attentionProjections)
      if let sinusoids = step.buffers.sinusoids {
        member.ranges(2 * x.rows - 1, grain: RelativePositions.grain) { rows in
          kept.positions.project(
            sinusoids, layer: step.layer, heads: group, into: buffers.positions(0),
            reach: x.rows, rows: rows, scratch: scratch, member)
        }
        step.lap(.positions)
      }
      member.tiles(group.count * blocks) { tile in
        let (head, start) = (tile / blocks, tile % blocks * block)
        let table: RowPanels
        if step.buffers.sinusoids != nil {
          table = RowPanels(buffers.positions(head), rows: 2 * x.rows - 1, depth: depth)
        } else {
          table = kept.panels(layer: step.layer, head: first + head)
        }
        attend(
          head: first + head, queries: start..<min(x.rows, start + block),
          queries(of: head, of: group.count, buffers, step.members),
          keys: RowPanels(buffers.keys(head), rows: x.rows, depth: depth),
          values: ColumnPanels(buffers.values(head), rows: x.rows),
          positions: table, into: output, scratch: scratch, member)
      }
      step.lap(.attentionScores)
    }
    let attended = step.buffers.operand(output)
    attended.finish(member)
    step.branch("self_attn", scale: 1) {
      out.apply(attended, into: x, member, members: step.members, then: .add(scale: 1))
    }
  }

  /// Computes queries, keys and values of some heads together, and packs keys and values.
  private func project(
    _ x: Operand, _ group: Range<Int>, _ buffers: AttentionBuffers, _ step: LayerStep
  ) {
    let width = group.count * depth
    let grain = grain(heads: group.count, frames: x.floats.rows, step.members)
    let tiles = (width + grain - 1) / grain
    step.member.tiles(3 * tiles) { tile in
      let (part, start) = (tile / tiles, tile % tiles * grain)
      let columns = start..<min(width, start + grain)
      let linear = part == 0 ? query : part == 1 ? key : value
      let y = buffers.projected(part, columns: columns)
      let first = group.lowerBound * depth + columns.lowerBound
      linear.compute(
        x, into: y, rows: 0..<y.rows, outputs: first..<first + columns.count, step.member)
      guard part > 0 else { return }
      for head in columns.lowerBound / depth..<columns.upperBound / depth {
        let start = head * depth - columns.lowerBound
        let own = y.view.columns(start..<start + depth)
        if part == 1 {
          RowPanels.pack(own, into: buffers.keys(head))
        } else {
          ColumnPanels.pack(own, into: buffers.values(head))
        }
      }
    }
  }

  /// The columns of some heads that one thread computes at a time: whole heads, and from a multiple
  /// of 16 on.
  private func grain(heads: Int, frames: Int, _ members: Int) -> Int {
    guard depth % PackedShape.panelRows == 0 else { return heads * depth }
    let grain = query.weights.tiling(rows: frames, members: members).columnGrain
    return min(heads * depth, (grain + depth - 1) / depth * depth)
  }

  /// The queries of a head of the group, `[T, depth]`.
  private func queries(
    of head: Int, of heads: Int, _ buffers: AttentionBuffers, _ members: Int
  ) -> MatrixView {
    let grain = grain(heads: heads, frames: buffers.frames, members)
    let start = head * depth / grain * grain
    let tile = buffers.projected(0, columns: start..<min(heads * depth, start + grain))
    let first = head * depth - start
    return tile.view.columns(first..<first + depth)
  }

  private func attend(
    head: Int, queries: Range<Int>, _ projected: MatrixView, keys: RowPanels,
    values: ColumnPanels, positions: RowPanels, into output: Matrix,
    scratch: UnsafeMutablePointer<Float>, _ member: Member
  ) {
    let columns = head * depth..<(head + 1) * depth
    let block = QueryBlock(
      projected.rows(queries), u: u + columns.lowerBound, v: v + columns.lowerBound,
      scale: 1 / sqrtf(Float(depth)), scratch: scratch)
    let reach = context.reach
    let seen = reach.keys(for: queries, frames: output.rows)
    for first in stride(from: seen.lowerBound / 16 * 16, to: seen.upperBound, by: QueryBlock.keys) {
      block.attend(
        first..<min(seen.upperBound, first + QueryBlock.keys), keys: keys, values: values,
        positions: positions, row: positions.middle - queries.lowerBound,
        query: queries.lowerBound, reach, member)
    }
    block.finish(into: output.rows(queries).columns(columns))
  }
}

extension ModelConfiguration.AttentionContext {
  /// How the kernels say it.
  fileprivate var reach: AttentionReach {
    switch self {
    case .full: .all
    case .local(let left, let right): AttentionReach(left: left, right: right)
    }
  }
}
