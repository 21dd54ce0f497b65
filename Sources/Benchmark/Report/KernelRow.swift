internal import Foundation

/// One product with one instruction set: `[rows, inner]` times `[columns, inner]` transposed.
struct KernelRow: Encodable {
  let isa: String
  let rows: Int
  let columns: Int
  let inner: Int
  let seconds: Double
  /// OpenBLAS's float product of the same shape.
  let sgemmSeconds: Double
  /// Time in units of `sgemmSeconds`, median over pairs.
  let toSgemm: Double
  /// Billion operations a second.
  let rate: Double

  private enum CodingKeys: String, CodingKey {
    case isa, rows, columns, inner, seconds
    case sgemmSeconds = "sgemm_seconds"
    case toSgemm = "to_sgemm"
    case rate = "gops"
  }

  /// The head of the table for people.
  static let heading = "int8 kernels    rows columns inner          time   Gop/s   sgemm  ratio"

  /// The row for people.
  var line: String {
    let alone = rate * seconds / sgemmSeconds
    return String(
      format: "%@ %7d %7d %5d %10.3f ms %7.1f %7.1f  %5.2f",
      isa.padding(toLength: 12, withPad: " ", startingAt: 0), rows, columns, inner, seconds * 1e3,
      rate, alone, toSgemm)
  }
}
