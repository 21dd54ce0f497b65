import Kernels
import TestSupport
import Testing

extension KernelTests {
  @Test func convolutionAlongTime() {
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(20)
      for (frames, taps) in [1, 3, 4, 9, 20].flatMap({ frames in
        [1, 3, 9, 11, 31].map { (frames, $0) }
      }) {
        for d in Self.sizes where d < 100 || frames == 9 {
          let x = Grid(frames, d, &numbers)
          let weights = Grid(taps, d, &numbers)
          let (scale, shift) = (Grid(1, d, &numbers), Grid(1, d, &numbers))
          let rows = frames / 3..<frames - frames / 4
          let activation: Activation = [.none, .relu, .swish][taps % 3]
          let y = Grid(frames, d) { _, _ in 7 }
          convolveTime(
            x.view, weights: weights.view, scale: scale.values, shift: shift.values,
            then: activation, into: y.matrix.rows(rows), rows: rows)
          y.expect("convolveTime \(name) \(frames) × \(d), \(taps) taps, rows \(rows)") { t, i in
            guard rows.contains(t) else { return 7 }
            let sum = (0..<taps).reduce(0.0) { sum, k in
              let at = t + k - taps / 2
              return x.rows > at && at >= 0 ? sum + weights[k, i] * x[at, i] : sum
            }
            return activated(sum * scale[0, i] + shift[0, i], activation)
          }
        }
      }
    }
  }

  @Test func imageConvolutions() {
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(21)
      for (height, width) in [1, 2, 3, 8, 9].flatMap({ height in [1, 2, 7, 10].map { (height, $0) }
      }) {
        for channels in Self.sizes where channels < 100 || height == 9 {
          let size = Size(height: height, width: width, channels: channels)
          let outputs = (height + 1) / 2
          for rows in Set([0..<outputs, outputs / 2..<outputs, 0..<outputs / 2]) {
            first(name, size, rows, &numbers)
            depthwise(name, size, rows, &numbers)
          }
        }
      }
    }
  }

  struct Size {
    let height, width, channels: Int
  }

  private func first(
    _ name: String, _ size: Size, _ rows: Range<Int>, _ numbers: inout Seeded
  ) {
    let columns = (size.width + 1) / 2
    let x = Grid(size.height, size.width, &numbers)
    let (weights, bias) = (Grid(9, size.channels, &numbers), Grid(1, size.channels, &numbers))
    let y = Grid(room: rows.count * columns, size.channels)
    let activation: Activation = [.none, .relu, .swish][size.width % 3]
    let image = Image(
      y.values, height: (size.height + 1) / 2, width: columns, channels: size.channels, rows: rows)
    image.convolve(x.view, weights: weights.view, bias: bias.values, then: activation)
    y.expect("convolve \(name) \(size) rows \(rows)", absolute: 4e-6) { place, c in
      let (t, f) = (rows.lowerBound + place / columns, place % columns)
      let sum = Self.sum(t, f, size) { weights[$0, c] * x[$1, $2] } + bias[0, c]
      return activated(sum, activation)
    }
  }

  private func depthwise(
    _ name: String, _ size: Size, _ rows: Range<Int>, _ numbers: inout Seeded
  ) {
    let columns = (size.width + 1) / 2
    // In memory are only the rows that the wanted ones depend on.
    let inputs = Image.inputRows(for: rows, height: size.height)
    let x = Grid(max(0, inputs.count) * size.width, size.channels, &numbers)
    let (weights, bias) = (Grid(9, size.channels, &numbers), Grid(1, size.channels, &numbers))
    let y = Grid(room: rows.count * columns, size.channels)
    let source = Image(
      x.values, height: size.height, width: size.width, channels: size.channels, rows: inputs)
    let image = Image(
      y.values, height: (size.height + 1) / 2, width: columns, channels: size.channels, rows: rows)
    image.convolveDepthwise(source, weights: weights.view, bias: bias.values)
    y.expect("convolveDepthwise \(name) \(size) rows \(rows)", absolute: 4e-6) { place, c in
      let (t, f) = (rows.lowerBound + place / columns, place % columns)
      return bias[0, c]
        + Self.sum(t, f, size) { tap, row, column in
          weights[tap, c] * x[(row - inputs.lowerBound) * size.width + column, c]
        }
    }
  }

  /// Sums over the taps of a 3×3 window, stride 2, padding 1, that lie inside the image.
  private static func sum(
    _ t: Int, _ f: Int, _ size: Size, _ product: (_ tap: Int, _ row: Int, _ column: Int) -> Double
  ) -> Double {
    (0..<9).reduce(0) { sum, tap in
      let (row, column) = (2 * t - 1 + tap / 3, 2 * f - 1 + tap % 3)
      let isInside = 0..<size.height ~= row && 0..<size.width ~= column
      return isInside ? sum + product(tap, row, column) : sum
    }
  }

  @Test func imagesAreFlattenedChannelsFirst() {
    Self.withEveryInstructionSet { name in
      var numbers = Seeded(22)
      for (width, channels) in [1, 2, 9].flatMap({ width in Self.sizes.map { (width, $0) } }) {
        let x = Grid(3 * width, channels, &numbers)
        let y = Grid(room: 3, width * channels)
        let image = Image(x.values, height: 8, width: width, channels: channels, rows: 2..<5)
        image.flatten(into: y.matrix)
        y.expect("flatten \(name) \(width) × \(channels)", absolute: 0, relative: 0) { row, i in
          x[row * width + i % width, i / width]
        }
      }
    }
  }
}
