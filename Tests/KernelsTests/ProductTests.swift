import Kernels
import TestSupport
import Testing

extension KernelTests {
  @Test func matrixTimesTransposed() throws {
    let team = try #require(Team(size: 1))
    var numbers = Seeded(30)
    for (inner, gap) in Self.sizes.dropFirst().flatMap({ size in [0, 5].map { (size, $0) } }) {
      for (rows, columns) in [(1, 1), (1, 17), (7, 9), (31, 16)] {
        let a = Grid(rows, inner, gap: gap, &numbers)
        let w = Grid(columns, inner, gap: 2 * gap, &numbers)
        for (alpha, beta) in [(Float(1), Float(0)), (0.5, 1), (-2, 0.25)] {
          let c = Grid(rows, columns, gap: gap, &numbers)
          let before = c.copy()
          team.run { member in
            multiply(
              a.view, transposed: w.view, into: c.matrix, alpha: alpha, beta: beta, member)
          }
          c.expect(
            "a · wᵀ \(rows) × \(inner) × \(columns) gap \(gap) α \(alpha) β \(beta)",
            absolute: 2e-5
          ) { row, column in
            let sum = (0..<inner).reduce(0.0) { $0 + a[row, $1] * w[column, $1] }
            return Double(alpha) * sum + Double(beta) * before[row][column]
          }
        }
      }
    }
  }

  @Test func matrixTimesVector() {
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(32)
      for (rows, columns) in [0, 1, 5, 31].flatMap({ rows in Self.sizes.map { (rows, $0) } }) {
        for (hasBias, accumulate) in [(false, false), (true, false), (false, true), (true, true)] {
          let (w, x) = (Grid(rows, columns, &numbers), Grid(1, columns, &numbers))
          let (bias, y) = (Grid(rows, 1, &numbers), Grid(rows, 1, &numbers))
          let before = y.copy()
          multiply(
            w.view, x.values, bias: hasBias ? UnsafePointer(bias.values) : nil, into: y.values,
            accumulate: accumulate)
          let combination = "\(rows) × \(columns) bias \(hasBias) accumulate \(accumulate)"
          y.expect("w · x \(name) \(combination)", absolute: 2e-5) { row, _ in
            let sum = (0..<columns).reduce(0.0) { $0 + w[row, $1] * x[0, $1] }
            return sum + (hasBias ? bias[row, 0] : 0) + (accumulate ? before[row][0] : 0)
          }
        }
      }
    }
  }

  /// Where operands lie makes no difference, not even in the last digit: the engine's memory is
  /// elsewhere with every utterance.
  @Test func addressesMakeNoDifference() throws {
    let team = try #require(Team(size: 1))
    var numbers = Seeded(33)
    for (rows, columns, inner) in [(1, 64, 64), (13, 100, 36), (32, 256, 64), (47, 72, 200)] {
      let (x, w) = (Grid(rows, inner, &numbers), Grid(columns, inner, &numbers))
      var expected: [[Double]] = []
      for shift in [0, 1, 3, 4, 16, 20, 100] {
        func shifted(_ grid: Grid, by shift: Int) -> Grid {
          Grid(grid.rows, grid.columns, shift: shift) { grid.view[$0][$1] }
        }
        for (a, b, c) in [(shift, 0, 0), (0, shift, 0), (0, 0, shift), (shift, 3, shift)] {
          let (x, w) = (shifted(x, by: a), shifted(w, by: b))
          let y = Grid(rows, columns, shift: c) { _, _ in 0 }
          team.run { multiply(x.view, transposed: w.view, into: y.matrix, $0) }
          let found = y.copy()
          if expected.isEmpty { expected = found }
          let isSame = found == expected
          #expect(isSame, "\(rows) × \(inner) × \(columns) at \(a), \(b), \(c)")
        }
      }
    }
  }

  @Test func blasIsNamed() {
    #expect(blasDescription.contains("OpenBLAS"))
  }
}
