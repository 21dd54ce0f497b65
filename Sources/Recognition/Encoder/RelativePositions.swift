internal import Glibc
internal import Kernels

/// Relative positions as attention reads them: P = `linear_pos`(sinusoids), packed, of every layer.
///
/// They do not depend on the audio. A table of reach n covers positions −(n − 1) … n − 1: its row r
/// stands for position n − 1 − r, and positive ones are keys in the past.
struct RelativePositions {
  /// The weights `linear_pos` of each layer, `[d, d]`.
  private let weights: [Weights]
  let width: Int
  /// Width of a head.
  let depth: Int

  /// Rows that one thread projects and packs at a time, at most.
  static let grain = QuantizedRows.productRows

  /// Describes the positions of a model.
  ///
  /// - Parameters:
  ///   - weights: `linear_pos` of each layer, `[d, d]`.
  ///   - width: Width of the model, d.
  ///   - heads: Heads of attention.
  init(weights: [Weights], width: Int, heads: Int) {
    self.weights = weights
    self.width = width
    depth = width / heads
  }

  var layers: Int { weights.count }

  /// Floats of a table of some rows with all heads.
  func tableCount(rows: Int) -> Int { RowPanels.count(rows: rows, depth: width) }

  /// A head's part of a table.
  ///
  /// - Parameters:
  ///   - head: Counted from the table's first.
  ///   - table: The table.
  ///   - reach: Its reach.
  /// - Returns: The part; position 0 is its middle row.
  func panels(
    of head: Int, in table: UnsafeMutablePointer<Float>, reach: Int
  ) -> UnsafeMutablePointer<Float> {
    table + head * RowPanels.count(rows: 2 * reach - 1, depth: depth)
  }

  /// Floats of scratch that each member needs: sinusoids, their projection, their integers.
  static func scratchCount(width: Int) -> Int {
    2 * blockCount(width: width) + QuantizedRows.floats(grain, width)
  }

  private static func blockCount(width: Int) -> Int { (grain * width + 15) / 16 * 16 }

  /// Computes sinusoids together.
  ///
  /// - Parameters:
  ///   - sinusoids: `[T, d]`: positions T − 1 … 0. Those of a negative position differ from its
  ///     opposite's in the sign of sines.
  ///   - member: The calling member of the team.
  func fill(_ sinusoids: Matrix, _ member: Member) {
    member.ranges(sinusoids.rows, grain: 32) { rows in
      for row in rows {
        Self.encode(position: sinusoids.rows - 1 - row, into: sinusoids[row], width: width)
      }
    }
  }

  /// Projects sinusoids to some rows of a table of one layer, and packs them head by head.
  ///
  /// - Parameters:
  ///   - sinusoids: From `fill`, as far as the rows need.
  ///   - layer: The layer.
  ///   - heads: The heads in the table.
  ///   - table: Room for the panels of all these heads.
  ///   - reach: The table's reach.
  ///   - rows: At most `grain` rows of the table.
  ///   - scratch: This member's, `scratchCount` floats.
  ///   - member: The calling member of a team.
  func project(
    _ sinusoids: Matrix, layer: Int, heads: Range<Int>, into table: UnsafeMutablePointer<Float>,
    reach: Int, rows: Range<Int>, scratch: UnsafeMutablePointer<Float>, _ member: Member
  ) {
    let linear = Linear(weights: weights[layer], bias: nil)
    let block = Self.blockCount(width: width)
    let room =
      linear.weights.isInt8
      ? QuantizedRows(
        scratch + 2 * block, capacity: QuantizedRows.floats(Self.grain, width)) : nil
    let encoded = Operand(Matrix(scratch, rows: rows.count, columns: width), room: room)
    for row in rows {
      let position = reach - 1 - row
      let source = sinusoids[sinusoids.rows - 1 - abs(position)]
      copy(source, to: encoded.floats[row - rows.lowerBound], negating: position < 0)
    }
    encoded.finish(0..<rows.count, member)
    let outputs = heads.lowerBound * depth..<heads.upperBound * depth
    let projected = Matrix(scratch + block, rows: rows.count, columns: outputs.count)
    linear.compute(encoded, into: projected, rows: 0..<rows.count, outputs: outputs, member)
    for head in 0..<heads.count {
      RowPanels.pack(
        projected.view.columns(head * depth..<(head + 1) * depth),
        into: panels(of: head, in: table, reach: reach), first: rows.lowerBound)
    }
  }

  /// Copies the sinusoids of a position, or turns them into those of its negative.
  private func copy(
    _ source: UnsafeMutablePointer<Float>, to target: UnsafeMutablePointer<Float>,
    negating: Bool
  ) {
    target.update(from: source, count: width)
    guard negating else { return }
    for sine in stride(from: 0, to: width, by: 2) { target[sine] = -target[sine] }
  }

  /// Sinusoids of one position, sine and cosine alternating (NeMo's `RelPositionalEncoding`).
  ///
  /// The angle is rounded to float as torch rounds it: far from zero that is what decides the
  /// last digits.
  static func encode(position: Int, into row: UnsafeMutablePointer<Float>, width: Int) {
    let step = Float(-log(10_000.0) / Double(width))
    for i in stride(from: 0, to: width, by: 2) {
      let angle = Double(Float(position) * expf(Float(i) * step))
      row[i] = Float(sin(angle))
      if i + 1 < width { row[i + 1] = Float(cos(angle)) }
    }
  }
}
