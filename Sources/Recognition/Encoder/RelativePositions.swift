internal import Glibc
internal import Kernels

/// Projected relative positions, P = `linear_pos`(sinusoids), of every layer.
///
/// They do not depend on the audio, so those near zero, which every utterance needs, are computed
/// once and kept. Row r of a table stands for position p = reach − 1 − r: positive p is a key in
/// the past.
final class RelativePositions {
  /// The table covers positions −(reach − 1) … reach − 1.
  let reach: Int
  private let width: Int
  /// The weights `linear_pos` of each layer, `[d, d]`.
  let weights: [Weights]
  private let tables: UnsafeMutablePointer<Float>
  private var filled = 0

  /// Makes room for a table of `[2 · reach − 1, d]` for each layer; memory is touched as it fills.
  ///
  /// - Parameters:
  ///   - weights: `linear_pos` of each layer, `[d, d]`.
  ///   - width: Width of the model, d.
  ///   - reach: One more than the furthest position kept.
  init(weights: [Weights], width: Int, reach: Int) {
    self.weights = weights
    self.width = width
    self.reach = reach
    tables = .allocate(capacity: weights.count * (2 * reach - 1) * width)
  }

  deinit { tables.deallocate() }

  /// A layer's table.
  func table(layer: Int) -> Matrix {
    let rows = 2 * reach - 1
    return Matrix(tables + layer * rows * width, rows: rows, columns: width)
  }

  /// Fills the tables as far as some encoder frames need.
  func prepare(frames: Int, _ team: Team) {
    let wanted = min(reach, (frames + 31) / 32 * 32)
    guard wanted > filled else { return }
    let all = reach - wanted..<reach - 1 + wanted
    let parts =
      filled == 0
      ? [all] : [all.lowerBound..<reach - filled, reach - 1 + filled..<all.upperBound]
    let sinusoids = Matrix(
      .allocate(capacity: 2 * wanted * width), rows: 2 * wanted, columns: width)
    defer { sinusoids.values.deallocate() }
    let capacity = QuantizedRows.floats(2 * wanted, width)
    let memory = UnsafeMutablePointer<Float>.allocate(capacity: capacity)
    defer { memory.deallocate() }
    let room = weights[0].isInt8 ? QuantizedRows(memory, capacity: capacity) : nil
    team.run { member in
      for rows in parts {
        let part = sinusoids.rows(0..<rows.count)
        fill(part, from: reach - 1 - rows.lowerBound, member)
        for layer in weights.indices {
          project(
            Operand(part, room: room), layer: layer, into: table(layer: layer).rows(rows), member,
            members: team.size)
        }
      }
    }
    filled = wanted
  }

  /// Computes sinusoids for consecutive falling positions together.
  ///
  /// - Parameters:
  ///   - sinusoids: `[rows, d]`
  ///   - first: The position of row 0.
  ///   - member: The calling member of the team.
  func fill(_ sinusoids: Matrix, from first: Int, _ member: Member) {
    member.ranges(sinusoids.rows, grain: 32) { rows in
      for row in rows { Self.encode(position: first - row, into: sinusoids[row], width: width) }
    }
  }

  /// Projects sinusoids for one layer together; both are `[rows, d]`.
  func project(
    _ sinusoids: Operand, layer: Int, into table: Matrix, _ member: Member, members: Int
  ) {
    sinusoids.finish(member)
    Linear(weights: weights[layer], bias: nil).apply(
      sinusoids, into: table, member, members: members)
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
