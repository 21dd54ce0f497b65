internal import Kernels

/// Rows that linear layers read: floats and, where weights are int8, integers made of them.
struct Operand {
  /// Shape `[T, in]`.
  let floats: Matrix
  /// Shape `[T, in]`.
  let quantized: QuantizedRows?

  /// Rows that one thread prepares at a time: few enough to stay in its cache from one step to the
  /// next and to be shared out evenly, and a multiple of what is quantised together.
  static var grain: Int {
    let block = QuantizedRows.block
    return (12 + block - 1) / block * block
  }

  /// Describes rows of floats, with room for their integers.
  ///
  /// - Parameters:
  ///   - floats: `[T, in]`
  ///   - room: Room for as many integers, nil where weights are float.
  init(_ floats: Matrix, room: QuantizedRows?) {
    self.floats = floats
    quantized = room?.reshaped(rows: floats.rows, columns: floats.columns)
  }

  /// Makes integers of rows of `floats`, from a multiple of `grain` on, where weights are int8.
  func finish(_ rows: Range<Int>, _ member: Member) {
    quantized?.fill(rows, from: floats.rows(rows).view, member)
  }

  /// Makes integers of all rows together.
  func finish(_ member: Member) {
    guard quantized != nil else { return }
    member.ranges(floats.rows, grain: Self.grain) { finish($0, member) }
  }

  /// Computes all rows together, and makes integers of them.
  ///
  /// - Parameters:
  ///   - member: The calling member of the team.
  ///   - scratch: Room for `grain` rows of this member where nobody needs `floats`: they then do
  ///     not leave its cache.
  ///   - compute: Writes some rows to a matrix of their own.
  func fill(
    _ member: Member, by scratch: UnsafeMutablePointer<Float>?,
    _ compute: (_ rows: Range<Int>, _ part: Matrix) -> Void
  ) {
    member.ranges(floats.rows, grain: Self.grain) { rows in
      let part =
        scratch.map { Matrix($0, rows: rows.count, columns: floats.columns) } ?? floats.rows(rows)
      compute(rows, part)
      quantized?.fill(rows, from: part.view, member)
    }
  }
}
