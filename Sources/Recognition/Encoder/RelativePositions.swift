internal import Glibc
internal import Kernels

/// Projected relative positions, P = `linear_pos`(sinusoids), of every layer.
///
/// They do not depend on the audio, so those near zero, which every utterance needs, are computed
/// once and kept, packed as attention reads them. Row r of a table stands for position
/// p = reach − 1 − r: positive p is a key in the past.
final class RelativePositions {
  /// The table covers positions −(reach − 1) … reach − 1.
  let reach: Int
  private let width: Int
  private let depth: Int
  /// The weights `linear_pos` of each layer, `[d, d]`.
  private let weights: [Weights]
  private let tables: UnsafeMutablePointer<Float>
  private var filled = 0

  /// Rows whose projection one thread computes and packs at a time.
  private static let grain = QuantizedRows.productRows

  /// Floats of scratch that each member needs: sinusoids, their projection, their integers.
  static func scratchCount(width: Int) -> Int {
    2 * blockCount(width: width) + QuantizedRows.floats(grain, width)
  }

  private static func blockCount(width: Int) -> Int { (grain * width + 15) / 16 * 16 }

  /// Makes room for a table of 2 · reach − 1 rows for each layer; memory is touched as it fills.
  ///
  /// - Parameters:
  ///   - weights: `linear_pos` of each layer, `[d, d]`.
  ///   - width: Width of the model, d.
  ///   - heads: Heads of attention.
  ///   - reach: One more than the furthest position kept.
  init(weights: [Weights], width: Int, heads: Int, reach: Int) {
    self.weights = weights
    self.width = width
    depth = width / heads
    self.reach = reach
    tables = .allocate(
      capacity: weights.count * RowPanels.count(rows: 2 * reach - 1, depth: width))
  }

  deinit { tables.deallocate() }

  /// A head's part of a layer's table; position 0 is row reach − 1.
  func table(layer: Int, head: Int) -> RowPanels {
    let rows = 2 * reach - 1
    return RowPanels(
      table(layer) + head * RowPanels.count(rows: rows, depth: depth), rows: rows, depth: depth)
  }

  private func table(_ layer: Int) -> UnsafeMutablePointer<Float> {
    tables + layer * RowPanels.count(rows: 2 * reach - 1, depth: width)
  }

  /// Fills the tables as far as some encoder frames need.
  func prepare(frames: Int, _ team: Team) {
    let wanted = min(reach, (frames + 31) / 32 * 32)
    guard wanted > filled else { return }
    let all = reach - wanted..<reach - 1 + wanted
    let parts =
      filled == 0
      ? [all] : [all.lowerBound..<reach - filled, reach - 1 + filled..<all.upperBound]
    let sinusoids = Matrix(.allocate(capacity: wanted * width), rows: wanted, columns: width)
    let size = Self.scratchCount(width: width)
    let scratch = Matrix(.allocate(capacity: team.size * size), rows: team.size, columns: size)
    defer {
      sinusoids.values.deallocate()
      scratch.values.deallocate()
    }
    team.run { member in
      fill(sinusoids, member)
      for layer in weights.indices {
        for rows in parts {
          project(
            sinusoids, layer: layer, heads: 0..<width / depth, into: table(layer), of: reach,
            rows: rows, scratch: scratch[member.index], member)
        }
      }
    }
    filled = wanted
  }

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

  /// Projects sinusoids for some heads of one layer together, and packs them head by head.
  ///
  /// - Parameters:
  ///   - sinusoids: From `fill`, as far as the rows need.
  ///   - layer: The layer.
  ///   - heads: The heads.
  ///   - panels: Room for the panels of all these heads.
  ///   - reach: The table that `panels` is covers positions −(reach − 1) … reach − 1.
  ///   - range: The rows of the table to fill.
  ///   - scratch: This member's, `scratchCount` floats.
  ///   - member: The calling member of the team.
  func project(
    _ sinusoids: Matrix, layer: Int, heads: Range<Int>,
    into panels: UnsafeMutablePointer<Float>, of reach: Int, rows range: Range<Int>,
    scratch: UnsafeMutablePointer<Float>, _ member: Member
  ) {
    let linear = Linear(weights: weights[layer], bias: nil)
    let outputs = heads.lowerBound * depth..<heads.upperBound * depth
    let size = RowPanels.count(rows: 2 * reach - 1, depth: depth)
    let block = Self.blockCount(width: width)
    let room =
      linear.weights.isInt8
      ? QuantizedRows(
        scratch + 2 * block, capacity: QuantizedRows.floats(Self.grain, width)) : nil
    member.ranges(range.count, grain: Self.grain) { part in
      let first = range.lowerBound + part.lowerBound
      let encoded = Matrix(scratch, rows: part.count, columns: width)
      for row in 0..<part.count {
        let position = reach - 1 - first - row
        let source = sinusoids[sinusoids.rows - 1 - abs(position)]
        copy(source, to: encoded[row], negating: position < 0)
      }
      let operand = Operand(encoded, room: room)
      operand.finish(0..<part.count, member)
      let projected = Matrix(scratch + block, rows: part.count, columns: outputs.count)
      // The layer's first output belongs into column 0.
      let shifted = Matrix(
        projected.values - outputs.lowerBound, rows: part.count, columns: 0,
        stride: outputs.count)
      linear.compute(operand, into: shifted, rows: 0..<part.count, outputs: outputs, member)
      for head in 0..<heads.count {
        RowPanels.pack(
          projected.view.columns(head * depth..<(head + 1) * depth), into: panels + head * size,
          first: first)
      }
    }
  }

  /// Copies one position's sinusoids, or makes them those of its opposite.
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
