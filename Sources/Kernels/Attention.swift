internal import CKernels

/// Keys or positions of one head in panels of 16, `[⌈rows / 16⌉, depth, 16]`: transposed, so that
/// one vector holds 16 of them.
package struct RowPanels {
  let values: UnsafePointer<Float>
  let rows: Int
  let depth: Int

  /// The middle row: that of position 0, where positions fall from n to −n.
  package var middle: Int { rows / 2 }

  /// Describes panels in memory.
  ///
  /// - Parameters:
  ///   - values: The first panel.
  ///   - rows: Rows packed.
  ///   - depth: Values in a row.
  package init(_ values: UnsafePointer<Float>, rows: Int, depth: Int) {
    self.values = values
    self.rows = rows
    self.depth = depth
  }

  /// Floats that the panels of some rows take.
  package static func count(rows: Int, depth: Int) -> Int {
    (rows + Int(CK_PANEL) - 1) / Int(CK_PANEL) * Int(CK_PANEL) * depth
  }

  /// Packs some rows.
  ///
  /// - Parameters:
  ///   - x: `[·, depth]`
  ///   - panels: The first panel.
  ///   - first: Where the first row of `x` goes.
  package static func pack(
    _ x: MatrixView, into panels: UnsafeMutablePointer<Float>, first: Int = 0
  ) {
    ck_pack_rows(x.values, panels, x.rows, x.columns, first, x.stride)
  }
}

/// Values of one head in panels of 16 columns, `[⌈depth / 16⌉, rows, 16]`.
package struct ColumnPanels {
  let values: UnsafePointer<Float>
  let rows: Int

  /// Describes panels in memory.
  package init(_ values: UnsafePointer<Float>, rows: Int) {
    self.values = values
    self.rows = rows
  }

  /// Floats that the panels of some rows take.
  package static func count(rows: Int, depth: Int) -> Int { rows * padded(depth) }

  /// Packs all rows, `[rows, depth]`.
  package static func pack(_ x: MatrixView, into panels: UnsafeMutablePointer<Float>) {
    ck_pack_columns(x.values, panels, x.rows, x.columns, x.stride)
  }

  static func padded(_ depth: Int) -> Int {
    (depth + Int(CK_PANEL) - 1) / Int(CK_PANEL) * Int(CK_PANEL)
  }
}

/// Which keys a query sees besides itself, and how its positions count.
package struct AttentionReach: Sendable {
  /// Keys behind.
  package let left: Int
  /// Keys ahead.
  package let right: Int

  /// All keys.
  package static let all = AttentionReach(left: 1 << 40, right: 1 << 40)

  /// Some keys behind and some ahead.
  package init(left: Int, right: Int) {
    self.left = left
    self.right = right
  }

  /// The keys that any of some queries sees.
  package func keys(for queries: Range<Int>, frames: Int) -> Range<Int> {
    max(0, queries.lowerBound - left)..<min(frames, queries.upperBound + right)
  }

  /// By how many rows NeMo's positions are off on one side of a query; 0 where it sees equally far
  /// on both.
  ///
  /// With left < right keys in the past take the position that is `shift` nearer, with left > right
  /// the others do; where there is none, they have no positional term.
  var shift: Int { right - left }
}

/// A block of queries on its way through one head's keys, some keys at a time.
///
/// Keeps the highest score and the sum of all weights so far for each query (Milakov and
/// Gimelshein, 2018), so that its memory does not depend on how many keys there are.
package struct QueryBlock {
  private let rows, padded, depth, stride: Int
  private let withU, withV, scores, far, output: UnsafeMutablePointer<Float>
  private let maxima, sums, factors: UnsafeMutablePointer<Float>

  /// Keys that are worked on at a time: a multiple of 16.
  package static let keys = 384

  /// What the number of queries should be a multiple of.
  package static let grain = Int(CK_QUERY_ROWS)

  /// Floats of scratch that a block needs.
  package static func count(queries: Int, depth: Int, _ reach: AttentionReach = .all) -> Int {
    let padded = padded(queries)
    let scores = reach.shift == 0 ? stride : 2 * stride
    return padded * (2 * depth + scores + ColumnPanels.padded(depth) + 3)
  }

  private static func padded(_ queries: Int) -> Int { (queries + grain - 1) / grain * grain }

  private static let stride = keys + 2 * Int(CK_PANEL)

  /// Begins a block.
  ///
  /// - Parameters:
  ///   - queries: `[rows, depth]`.
  ///   - u: Added to queries for keys, `[depth]`.
  ///   - v: Added to queries for positions, `[depth]`.
  ///   - scale: Factor of all scores.
  ///   - scratch: Room for `count` floats.
  package init(
    _ queries: MatrixView, u: UnsafePointer<Float>, v: UnsafePointer<Float>, scale: Float,
    scratch: UnsafeMutablePointer<Float>
  ) {
    (rows, depth, stride) = (queries.rows, queries.columns, Self.stride)
    padded = Self.padded(rows)
    withU = scratch
    withV = withU + padded * depth
    output = withV + padded * depth
    scores = output + padded * ColumnPanels.padded(depth)
    maxima = scores + padded * stride
    sums = maxima + padded
    factors = sums + padded
    far = factors + padded

    ck_query_biases(queries.values, u, v, scale, withU, withV, rows, depth, queries.stride)
    (withU + rows * depth).update(repeating: 0, count: (padded - rows) * depth)
    (withV + rows * depth).update(repeating: 0, count: (padded - rows) * depth)
    output.update(repeating: 0, count: padded * ColumnPanels.padded(depth))
    maxima.update(repeating: -.infinity, count: rows)
    sums.update(repeating: 0, count: rows)
  }

  /// Looks at some more keys.
  ///
  /// - Parameters:
  ///   - range: The keys, at most `QueryBlock.keys` from a multiple of 16 on.
  ///   - keys: All keys.
  ///   - values: All values.
  ///   - positions: Rows of projected positions, falling.
  ///   - row: The row of the position of the first query to key 0.
  ///   - query: The first query's own key.
  ///   - reach: Which keys a query sees.
  ///   - member: The calling thread's part in a team.
  package func attend(
    _ range: Range<Int>, keys: RowPanels, values: ColumnPanels, positions: RowPanels, row: Int,
    query: Int, _ reach: AttentionReach, _ member: Member
  ) {
    assert(range.lowerBound % Int(CK_PANEL) == 0 && range.count <= Self.keys)
    let (count, first, ahead) = (range.count, row + range.lowerBound, query - range.lowerBound)
    let panels = (positions.rows + Int(CK_PANEL) - 1) / Int(CK_PANEL)
    member.timing(.multiplying) {
      ck_position_scores(
        withV, positions.values, scores, padded, depth, count, first, panels, stride)
      if reach.shift != 0 {
        ck_position_scores(
          withV, positions.values, far, padded, depth, count, first + reach.shift, panels, stride)
        ck_skew_positions(scores, far, rows, count, first, ahead, reach.shift, stride)
      }
      ck_key_scores(
        withU, keys.values + range.lowerBound * depth, scores, padded, depth, count, first, stride)
    }
    ck_online_softmax(
      scores, rows, count, ahead - reach.left, ahead + reach.right + 1, stride, maxima, sums,
      factors)
    member.timing(.multiplying) {
      ck_weigh_values(
        scores, values.values + range.lowerBound * Int(CK_PANEL), factors, output, padded, rows,
        count, ColumnPanels.padded(depth) / Int(CK_PANEL), values.rows * Int(CK_PANEL), stride)
    }
  }

  /// Ends the block: weighted means of the values, `[rows, depth]`.
  package func finish(into y: Matrix) {
    ck_divide_rows(
      output, sums, y.values, rows, depth, ColumnPanels.padded(depth), y.stride)
  }
}
