import Foundation
import Kernels
import TestSupport
import Testing

extension KernelTests {
  @Test func layerNormalisation() {
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(1)
      for (rows, d) in [0, 1, 3].flatMap({ rows in Self.sizes.map { (rows, $0) } }) {
        for inPlace in [false, true] {
          // Far from 0, so that a variance computed as E[x²] − E[x]² would be wrong.
          let x = Grid(rows, d, in: 20...22, &numbers)
          let (gamma, beta) = (Grid(1, d, &numbers), Grid(1, d, &numbers))
          let y = inPlace ? x : Grid(room: rows, d)
          let before = x.copy()
          layerNorm(x.view, gamma: gamma.values, beta: beta.values, into: y.matrix)
          let combination = "layerNorm \(name) \(rows) × \(d) in place: \(inPlace)"
          y.expect(combination, absolute: 5e-5) { row, i in
            let mean = before[row].reduce(0, +) / Double(d)
            let variance = before[row].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(d)
            return (before[row][i] - mean) / (variance + 1e-5).squareRoot() * gamma[0, i]
              + beta[0, i]
          }
        }
      }
    }
  }

  @Test func biasAndActivation() {
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(2)
      for (columns, gap) in Self.sizes.flatMap({ size in [0, 5].map { (size, $0) } }) {
        for (activation, hasBias) in [Activation.none, .relu, .swish].flatMap({ activation in
          [false, true].map { (activation, $0) }
        }) {
          let x = Grid(3, columns, gap: gap, in: -8...8, &numbers)
          let bias = Grid(1, columns, &numbers)
          let before = x.copy()
          x.matrix.apply(bias: hasBias ? UnsafePointer(bias.values) : nil, scale: 0.5, activation)
          let combination = "\(activation) \(name) 3 × \(columns) gap \(gap) bias \(hasBias)"
          x.expect(combination) { row, i in
            let sum = before[row][i] + (hasBias ? 0.5 * bias[0, i] : 0)
            return activated(sum, activation)
          }
        }
      }
    }
  }

  @Test func gatedUnit() {
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(3)
      for (columns, hasBias) in Self.sizes.flatMap({ size in [false, true].map { (size, $0) } }) {
        for (rows, gap) in [(0, 0), (1, 0), (3, 2), (3, 0)] {
          // The halves of one matrix, as the convolution module has them.
          let both = Grid(rows, 2 * columns, gap: gap, in: -6...6, &numbers)
          let bias = Grid(1, 2 * columns, &numbers)
          let y = Grid(room: rows, columns, gap: 3 * gap)
          let (a, b) = (both.view.columns(0..<columns), both.view.columns(columns..<2 * columns))
          gate(
            a, b, biasA: hasBias ? UnsafePointer(bias.values) : nil,
            biasB: hasBias ? UnsafePointer(bias.values + columns) : nil, into: y.matrix)
          let scale = hasBias ? 1.0 : 0
          y.expect("gate \(name) \(rows) × \(columns) gap \(gap) bias \(hasBias)") { row, i in
            (both[row, i] + scale * bias[0, i])
              * sigmoid(both[row, columns + i] + scale * bias[0, columns + i])
          }
        }
      }
    }
  }

  @Test func sumsAndScales() {
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(6)
      for n in Self.sizes {
        let (x, y) = (Grid(1, n, &numbers), Grid(1, n, &numbers))
        let before = x.copy()
        add(y.values, to: x.values, count: n)
        x.expect("add \(name) \(n)") { before[0][$1] + y[0, $1] }
        let z = Grid(3, n, &numbers)
        let unscaled = z.copy()
        z.matrix.scale(by: -2.5)
        z.expect("scale \(name) \(n)") { unscaled[$0][$1] * -2.5 }
      }
    }
  }

  @Test func normalisedColumns() {
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(7)
      for (rows, columns) in [0, 1, 2, 31].flatMap({ rows in Self.sizes.map { (rows, $0) } }) {
        let ranges = [0..<columns, columns / 3..<columns, 0..<columns / 2]
        for (range, gap) in ranges.flatMap({ range in [0, 3].map { (range, $0) } }) {
          // Rows far from each other: the mean is rounded to a float, and a small deviation would
          // make much of that.
          let noise = numbers.floats(rows * columns)
          let x = Grid(rows, columns, gap: gap) {
            ($0.isMultiple(of: 2) ? -15 : -11) + noise[$0 * columns + $1]
          }
          let before = x.copy()
          x.matrix.normalize(columns: range)
          x.expect(
            "normalize \(name) \(rows) × \(columns) columns \(range) gap \(gap)", absolute: 2e-5
          ) { row, column in
            guard range.contains(column) else { return before[row][column] }
            let values = before.map { $0[column] }
            let mean = values.reduce(0, +) / Double(rows)
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let deviation = rows > 1 ? (squares / Double(rows - 1)).squareRoot() : 0
            // One row is its own mean up to rounding, which 1e-5 would blow up.
            return rows > 1 ? (values[row] - mean) / (deviation + 1e-5) : 0
          }
        }
      }
    }
  }

  @Test func preemphasis() {
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(8)
      for n in Self.sizes {
        for range in [0..<n, n / 2..<n, 0..<n / 2, min(1, n)..<n] {
          let x = Grid(1, n, &numbers)
          let y = Grid(1, n) { _, _ in 7 }
          preemphasize(x.values, coefficient: 0.97, into: y.values, range)
          y.expect("preemphasize \(name) \(n) in \(range)") { _, i in
            range.contains(i) ? x[0, i] - (i > 0 ? 0.97 * x[0, i - 1] : 0) : 7
          }
        }
      }
    }
  }

  @Test func lstmStep() {
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(9)
      for (width, reach) in Self.sizes.flatMap({ size in [Float(2), 40].map { (size, $0) } }) {
        let gates = Grid(4, width, in: -reach...reach, &numbers)
        let (c, h) = (Grid(1, width, in: -2...2, &numbers), Grid(room: 1, width))
        let before = c.copy()
        stepLSTM(gates: gates.values, c: c.values, h: h.values, width: width)
        let cells = (0..<width).map { i in
          sigmoid(gates[1, i]) * before[0][i] + sigmoid(gates[0, i]) * tanh(gates[2, i])
        }
        c.expect("cell \(name) \(width) to \(reach)") { cells[$1] }
        h.expect("state \(name) \(width) to \(reach)") { sigmoid(gates[3, $1]) * tanh(cells[$1]) }
      }
    }
  }

  @Test func firstMaximum() {
    func found(_ values: [Float]) -> Int { argmax(values, count: values.count) }
    Self.withEveryInstructionSet { name in
      #expect(found([3]) == 0)
      #expect(found([1, 5, 5, 2]) == 1)
      #expect(found([-2, -1, -3]) == 1)
      #expect(found([-.infinity, -.infinity]) == 0)
      #expect(found([.nan, -.infinity, .nan]) == 1)
      #expect(found([.nan, -7, .nan, -6, -6]) == 3)
      #expect(found([.nan, .infinity, .nan]) == 1)
      #expect(found([2, .nan]) == 0)
      #expect(found([-0.0, 0]) == 0)
      #expect(found([.nan, .nan, .nan]) == 2)
      var numbers = Seeded(10)
      for n in Self.sizes + [1_025, 8_193] where n > 0 {
        // Nine different values, so that there are ties, and at last nothing but what is no number.
        for rarity in [n + 1, 5, 2, 1] {
          let values = numbers.floats(n).enumerated().map { index, value in
            index % rarity == rarity - 1 ? Float.nan : (value * 4).rounded()
          }
          let highest = values.filter { !$0.isNaN }.max()
          let expected = highest.flatMap { values.firstIndex(of: $0) } ?? n - 1
          #expect(found(values) == expected, "argmax \(name) \(n), every \(rarity)th no number")
        }
        for place in Set([0, n / 2, n - 1]) {
          var values = [Float](repeating: -1, count: n)
          values[place] = 1
          #expect(found(values) == place, "argmax \(name) \(n) at \(place)")
        }
      }
    }
  }

  /// The only exponential there is, seen through the logistic function.
  @Test func exponentialsAreAccurate() {
    Self.withEveryInstructionSet { name in
      let count = 200_001
      let inputs = (0..<count).map { Float($0 - 100_000) / 1_000 }
      let x = Grid(1, count) { inputs[$1] }
      let ones = Grid(1, count) { _, _ in 1 }
      let y = Grid(room: 1, count)
      gate(ones.view, x.view, biasA: nil, biasB: nil, into: y.matrix)
      // Below e⁻⁸⁷ floats are denormal, and nearly nothing is as good.
      y.expect("sigmoid \(name)", absolute: 1e-37, relative: 5e-7) { sigmoid(x[0, $1]) }
      x.matrix.apply(.swish)
      x.expect("swish \(name)", absolute: 1e-35, relative: 5e-7) { _, i in
        Double(inputs[i]) * sigmoid(Double(inputs[i]))
      }
    }
  }
}
