import Foundation
import Kernels
import TestSupport
import Testing

/// Products with int8 weights give the bits of plain ones with every instruction set.
extension KernelTests {
  /// How a product is cut into calls, and what becomes of its sums.
  private struct Way {
    let end: ProductEnd
    let hasBias: Bool
    /// Rows and columns of a call.
    let rows, columns: Int
    /// Floats between two rows of results.
    let gap: Int

    static var all: [Way] {
      [
        Way(end: .replace(.none), hasBias: false, rows: 192, columns: 128, gap: 0),
        Way(end: .replace(.none), hasBias: true, rows: 48, columns: 16, gap: 3),
        Way(end: .replace(.relu), hasBias: true, rows: 96, columns: 48, gap: 17),
        Way(end: .replace(.relu), hasBias: false, rows: 144, columns: 112, gap: 0),
        Way(end: .replace(.swish), hasBias: true, rows: 192, columns: 32, gap: 1),
        Way(end: .replace(.swish), hasBias: false, rows: 48, columns: 128, gap: 0),
        Way(end: .add(scale: 0.5), hasBias: true, rows: 96, columns: 80, gap: 16),
        Way(end: .add(scale: -1.3), hasBias: false, rows: 192, columns: 64, gap: 2),
      ]
    }

    var isSwish: Bool {
      if case .replace(.swish) = end { true } else { false }
    }

    /// What must stand where something stood before.
    func result(
      _ oracle: Int8Oracle, _ row: Int, _ column: Int, _ before: (Int, Int) -> Float
    ) -> Float {
      let v = oracle.value(row, column, hasBias: hasBias)
      return switch end {
      case .replace(.relu): v > 0 ? v : 0
      case .replace: v
      case .add(let scale): before(row, column) + scale * v
      }
    }
  }

  @Test func int8ProductsOfManyShapes() throws {
    var numbers = Seeded(40)
    let rows = [1, 2, 3, 5, 6, 7, 11, 12, 13, 16, 17, 47, 48, 49, 191, 193, 200]
    let columns = [1, 15, 16, 17, 31, 32, 33, 127, 128, 129, 300]
    for (index, count) in rows.enumerated() {
      for (other, width) in columns.enumerated() {
        let inner = 1 + (index * 37 + other * 5) % 70
        let oracle = Int8Oracle(count, inner, width, gap: other % 3, &numbers)
        try Self.check(oracle, Way.all[(index + other) % Way.all.count])
      }
    }
  }

  @Test func int8ProductsOfManyDepths() throws {
    var numbers = Seeded(41)
    let depths = [
      1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 1023, 1024, 1025, 1089, 2049, 8191, 8192,
    ]
    for inner in depths {
      let oracle = Int8Oracle(15, inner, 33, &numbers)
      for way in Way.all { try Self.check(oracle, way) }
    }
    for (rows, inner, columns) in [(200, 1025, 160), (49, 8191, 48)] {
      let oracle = Int8Oracle(rows, inner, columns, &numbers)
      for way in Way.all { try Self.check(oracle, way) }
    }
  }

  @Test func int8MatrixTimesVector() throws {
    var numbers = Seeded(42)
    let shapes = [1, 7, 16, 17, 33, 300].flatMap { columns in
      [1, 3, 4, 5, 16, 17, 63, 65, 640, 1025].map { (columns, $0) }
    }
    for (columns, inner) in shapes + [(1, 8192), (33, 8191), (48, 8192)] {
      try Self.checkVector(Int8Oracle(1, inner, columns, &numbers))
    }
  }

  /// Every integer of 12 bits, and what lies halfway between two of them.
  @Test func int8QuantisationRoundsToEven() throws {
    let (rows, inner) = (29, 288)
    for (step, magnitude) in [(Float(0.5), Float(1)), (0.5, 3.1e-4), (0.493, 1), (0.5007, 77)] {
      let x = Grid(rows, inner) { row, i in
        // The last value of a row is its largest.
        let value = Float(row * (inner - 1) + i) * step - 2047
        return (i == inner - 1 ? 2047 : min(value, 2047)) * magnitude
      }
      // One weight of 1 in each column gives the integers themselves.
      let oracle = Int8Oracle(
        x: x, columns: inner, bias: Grid(1, inner) { _, _ in 0 }, scale: { _ in 1 },
        weight: { $0 == $1 ? 1 : 0 })
      if magnitude == 1 && step == 0.5 {
        #expect(oracle.value(0, 1, hasBias: false) == -2046, "-2046.5 is rounded to even")
      }
      try Self.check(oracle, Way.all[0])
    }
  }

  @Test func int8SumsDoNotOverflow() throws {
    let signs: [(Int, Int) -> Bool] = [
      { _, _ in true }, { row, _ in row % 2 == 0 }, { row, i in (row + i) % 2 == 0 },
      { row, i in row % 3 == 0 || i < 4096 },
    ]
    for (sign, other) in zip(signs, signs.reversed()) {
      let oracle = Int8Oracle(
        x: Grid(7, 8192) { sign($0, $1) ? 3.7 : -3.7 }, columns: 17,
        bias: Grid(1, 17) { _, _ in 0 }, scale: { _ in 0.01 },
        weight: { other($0, $1) ? 127 : -127 })
      try Self.check(oracle, Way.all[0])
    }
    let largest = Int8Oracle(
      x: Grid(1, 8192) { _, _ in 2047 }, columns: 1, bias: Grid(1, 1) { _, _ in 0 },
      scale: { _ in 1 }, weight: { _, _ in -127 })
    #expect(largest.value(0, 0, hasBias: false) == -2047 * 127 * 8192)
    try Self.check(largest, Way.all[0])
    try Self.checkVector(largest)
  }

  /// Odd rows among others, which they leave alone.
  @Test func int8ProductsOfOddRows() throws {
    var numbers = Seeded(43)
    let odd: [(Int, Float) -> Float] = [
      { _, _ in 0 }, { _, x in -0 * x }, { _, x in x * 1e-35 }, { _, x in x * 1e-30 },
      { _, x in x * 3e-30 }, { _, x in x * .leastNonzeroMagnitude }, { _, x in x * 3e38 },
      { i, x in i % 50 == 3 ? .greatestFiniteMagnitude : x }, { i, x in i == 70 ? .nan : x },
      { i, x in i == 0 ? -.nan : x }, { i, x in i == 7 ? .infinity : x },
      { i, x in i == 69 ? -.infinity : x }, { i, x in i == 1 ? .nan : i == 2 ? .infinity : x },
      { i, x in i == 71 ? .signalingNaN : x },
    ]
    let inner = 72
    let values = numbers.floats(2 * odd.count * inner)
    let x = Grid(2 * odd.count, inner) { row, i in
      let value = values[row * inner + i]
      return row % 2 == 0 ? value : odd[row / 2](i, value)
    }
    let weights = (0..<17 * inner).map { _ in Int8.random(in: -127...127, using: &numbers) }
    let bias = Grid(1, 17, &numbers)
    // A scale of 0 beside one that makes sums of large rows overflow.
    let scale = { (column: Int) in column == 5 ? 0 : Float(column) / 16 }
    let weight = { (column: Int, i: Int) in weights[column * inner + i] }
    let oracle = Int8Oracle(x: x, columns: 17, bias: bias, scale: scale, weight: weight)
    for row in 17..<28 {
      let isNumber = row % 2 == 0
      #expect(oracle.value(row, 3, hasBias: true).isNaN != isNumber, "row \(row)")
    }
    for way in Way.all where !way.isSwish { try Self.check(oracle, way) }
    for row in 0..<x.rows {
      let one = Grid(1, inner) { _, i in x.values[row * x.stride + i] }
      try Self.checkVector(
        Int8Oracle(x: one, columns: 17, bias: bias, scale: scale, weight: weight))
    }
  }

  /// Computes a product in one of the ways with every instruction set.
  private static func check(_ oracle: Int8Oracle, _ way: Way) throws {
    let (x, w) = (oracle.x, oracle.weights)
    let before = { (row: Int, column: Int) in Float(row - column) / 8 }
    let team = try #require(Team(size: 1))
    let workspace = Workspace()
    // What an earlier use of the memory left must not count.
    let memory = try workspace.carve { $0.matrix(x.rows + 48, x.columns + 64) }.get()
    memory.values.update(repeating: -3e33, count: memory.rows * memory.columns)
    let quantized = try workspace.carve {
      $0.quantized(floats: QuantizedRows.floats(x.rows, x.columns))
    }.get().reshaped(rows: x.rows, columns: x.columns)
    // Only instruction sets themselves know the bits of an exponential.
    var expected = way.isSwish ? nil : Grid(x.rows, w.rows) { way.result(oracle, $0, $1, before) }
    withEveryInstructionSet { name in
      let y = Grid(x.rows, w.rows, gap: way.gap, before)
      team.run { member in
        for rows in pieces(x.rows, by: QuantizedRows.block) {
          quantized.fill(rows, from: x.view.rows(rows), member)
        }
        for rows in pieces(x.rows, by: way.rows) {
          for columns in pieces(w.rows, by: way.columns) {
            multiply(
              quantized, w, bias: oracle.bias(way.hasBias),
              into: y.matrix.rows(rows).columns(columns), rows: rows, columns: columns, way.end,
              member)
          }
        }
      }
      let combination = "\(name), \(x.rows) × \(x.columns) × \(w.rows), \(way)"
      if let expected {
        y.expect(bits: combination) { expected.values[$0 * expected.stride + $1] }
      } else {
        y.expect(combination, absolute: 1e-30, relative: 1e-6) { row, column in
          let v = Double(oracle.value(row, column, hasBias: way.hasBias))
          return v * sigmoid(v)
        }
        expected = y
      }
    }
  }

  /// Computes a product of a single row with every instruction set.
  private static func checkVector(_ oracle: Int8Oracle) throws {
    let (x, w) = (oracle.x, oracle.weights)
    for (hasBias, accumulate) in [(false, false), (true, false), (false, true), (true, true)] {
      withEveryInstructionSet { name in
        let y = Grid(1, w.rows) { Float($1) - 3.3 }
        multiply(
          w, x.values, bias: oracle.bias(hasBias), into: y.values,
          then: accumulate ? .add(scale: 1) : .replace(.none))
        let combination = "bias \(hasBias) accumulate \(accumulate)"
        y.expect(bits: "\(name), \(x.columns) × \(w.rows), \(combination)") { _, column in
          let v = oracle.value(0, column, hasBias: hasBias)
          return accumulate ? Float(column) - 3.3 + v : v
        }
      }
    }
  }

  /// 0 ..< count in ranges of `size`.
  private static func pieces(_ count: Int, by size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
  }
}
