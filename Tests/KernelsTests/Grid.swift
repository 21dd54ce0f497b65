import Kernels
import TestSupport
import Testing

/// Rows of floats with gaps between them and a margin around, all filled with a marked NaN.
///
/// A kernel that reads past its data meets NaN, and one that writes past it is found out.
final class Grid {
  let rows, columns, stride: Int
  private let block: UnsafeMutablePointer<Float>
  private let start: Int
  private static let margin = 64
  private static let mark = Float(nan: 0xa_2a2a, signaling: false)

  private var capacity: Int { start + rows * stride + Self.margin }

  /// Values that a function names; the first one lies `shift` floats after a multiple of 64 bytes.
  init(
    _ rows: Int, _ columns: Int, gap: Int = 0, shift: Int = 0, _ value: (Int, Int) -> Float
  ) {
    self.rows = rows
    self.columns = columns
    stride = columns + gap
    start = Self.margin + shift
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: (start + rows * stride + Self.margin) * 4, alignment: 64)
    block = memory.assumingMemoryBound(to: Float.self)
    block.initialize(repeating: Self.mark, count: capacity)
    for row in 0..<rows {
      for column in 0..<columns { values[row * stride + column] = value(row, column) }
    }
  }

  /// Random values.
  convenience init(
    _ rows: Int, _ columns: Int, gap: Int = 0, in range: ClosedRange<Float> = -1...1,
    _ numbers: inout Seeded
  ) {
    let values = numbers.floats(rows * columns, in: range)
    self.init(rows, columns, gap: gap) { values[$0 * columns + $1] }
  }

  /// Values that a kernel has to replace.
  convenience init(room rows: Int, _ columns: Int, gap: Int = 0) {
    self.init(rows, columns, gap: gap) { _, _ in 1e30 }
  }

  deinit { block.deallocate() }

  /// The first value.
  var values: UnsafeMutablePointer<Float> { block + start }
  var matrix: Matrix { Matrix(values, rows: rows, columns: columns, stride: stride) }
  var view: MatrixView { matrix.view }

  subscript(row: Int, column: Int) -> Double { Double(values[row * stride + column]) }

  /// The values as they are now.
  func copy() -> [[Double]] {
    (0..<rows).map { row in (0..<columns).map { self[row, $0] } }
  }

  /// Whether nothing was written between and around the rows.
  private var isIntact: Bool {
    (0..<capacity).allSatisfy { index in
      let offset = index - start
      let isInside =
        offset >= 0 && offset < rows * stride && stride > 0 && offset % stride < columns
      return isInside || block[index].bitPattern == Self.mark.bitPattern
    }
  }

  /// Compares every value with an oracle's.
  ///
  /// - Parameters:
  ///   - combination: What was computed, for the message.
  ///   - absolute: Tolerated difference.
  ///   - relative: Tolerated difference, as a part of the oracle's value.
  ///   - sourceLocation: The test.
  ///   - oracle: The value at row and column.
  func expect(
    _ combination: String, absolute: Double = 2e-6, relative: Double = 2e-6,
    sourceLocation: SourceLocation = #_sourceLocation, _ oracle: (Int, Int) -> Double
  ) {
    expect(combination, sourceLocation) { row, column in
      let (found, expected) = (self[row, column], oracle(row, column))
      return abs(found - expected) <= absolute + relative * abs(expected) ? nil : "\(expected)"
    }
  }

  /// Compares the bits of every value with an oracle's; all that is not a number is the same.
  ///
  /// - Parameters:
  ///   - combination: What was computed, for the message.
  ///   - sourceLocation: The test.
  ///   - oracle: The value at row and column.
  func expect(
    bits combination: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ oracle: (Int, Int) -> Float
  ) {
    expect(combination, sourceLocation) { row, column in
      let (found, expected) = (values[row * stride + column], oracle(row, column))
      let isSame = found.bitPattern == expected.bitPattern || found.isNaN && expected.isNaN
      return isSame ? nil : "\(expected)"
    }
  }

  /// Reports every value for which a function names a better one, and writing outside.
  private func expect(
    _ combination: String, _ sourceLocation: SourceLocation, _ better: (Int, Int) -> String?
  ) {
    var wrong: [String] = []
    for row in 0..<rows {
      for column in 0..<columns {
        guard let expected = better(row, column) else { continue }
        wrong.append("[\(row), \(column)] is \(self[row, column]) instead of \(expected)")
      }
    }
    #expect(
      wrong.isEmpty, "\(combination): \(wrong.count) wrong, \(wrong.prefix(5))",
      sourceLocation: sourceLocation)
    #expect(isIntact, "\(combination): wrote outside", sourceLocation: sourceLocation)
  }
}
