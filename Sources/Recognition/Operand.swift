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

  /// Rows of floats.
  ///
  /// - Parameters:
  ///   - floats: `[T, in]`
  ///   - room: Room for as many integers, nil where weights are float.
  init(_ floats: Matrix, room: QuantizedRows?) {
    self.floats = floats
    quantized = room?.reshaped(rows: floats.rows, columns: floats.columns)
  }

  /// Takes rows in that have been written to `floats`, from a multiple of `grain` on.
  func finish(_ rows: Range<Int>) { quantized?.fill(rows, from: floats.view) }

  /// Takes all rows in together.
  func finish(_ member: Member) {
    guard quantized != nil else { return }
    member.ranges(floats.rows, grain: Self.grain) { finish($0) }
  }
}
