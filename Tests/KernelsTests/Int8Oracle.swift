import Glibc
import Kernels
import TestSupport

/// A product of rows of floats with int8 weights, and what it must give to the bit.
///
/// Weights and their scales end where readable memory ends, so that reading past them is a crash.
final class Int8Oracle {
  let x: Grid
  let bias: Grid
  let weights: PackedWeights
  /// Columns, and inner values of each.
  private let (columns, inner): (Int, Int)
  private let (packed, scales): (GuardedMemory<Int8>, GuardedMemory<Float>)
  /// What the integers of each row are worth.
  private var rowScales: [Float] = []
  /// Sums of products of integers, for each row and column.
  private var sums: [Int] = []

  /// Takes values from functions of (row, inner value) and (column, inner value), and scales of
  /// weights from a function of the column.
  init(
    x: Grid, columns: Int, bias: Grid, scale: (Int) -> Float, weight: (Int, Int) -> Int8
  ) {
    (self.x, self.columns, self.bias, inner) = (x, columns, bias, x.columns)
    let (panels, quads) = ((columns + 15) / 16, (x.columns + 3) / 4)
    packed = GuardedMemory(panels * quads * 64, 0)
    scales = GuardedMemory(panels * 16, 0)
    weights = PackedWeights(
      PackedShape(rows: columns, columns: inner), values: packed.values, scales: scales.values)
    let plain = UnsafeMutablePointer<Int8>.allocate(capacity: columns * inner)
    defer { plain.deallocate() }
    for column in 0..<columns {
      scales.values[column] = scale(column)
      for i in 0..<inner {
        let value = weight(column, i)
        plain[column * inner + i] = value
        packed.values[((column / 16 * quads + i / 4) * 16 + column % 16) * 4 + i % 4] = value
      }
    }
    sumUp(plain)
  }

  /// Random rows of many magnitudes, weights and biases; one weight in ten counts nothing.
  convenience init(
    _ rows: Int, _ inner: Int, _ columns: Int, gap: Int = 0, _ numbers: inout Seeded
  ) {
    let x = Grid(rows, inner, gap: gap, &numbers)
    for row in 0..<rows {
      let magnitude = Float.random(in: 0.001...100, using: &numbers)
      for i in 0..<inner { x.values[row * x.stride + i] *= magnitude }
    }
    let scales = numbers.floats(columns, in: -0.002...0.02).map { max($0, 0) }
    let bytes = (0..<columns * inner).map { _ in
      Int8(truncatingIfNeeded: max(-127, Int(numbers.next() & 255) - 128))
    }
    self.init(
      x: x, columns: columns, bias: Grid(1, columns, &numbers), scale: { scales[$0] },
      weight: { bytes[$0 * inner + $1] })
  }

  /// Quantises the rows and adds up products, one after the other.
  private func sumUp(_ plain: UnsafePointer<Int8>) {
    let integers = UnsafeMutablePointer<Int>.allocate(capacity: inner)
    defer { integers.deallocate() }
    sums.reserveCapacity(x.rows * columns)
    for row in 0..<x.rows {
      rowScales.append(Self.quantize(x.values + row * x.stride, inner, integers))
      var weight = plain
      for _ in 0..<columns {
        var (sum, i) = (0, 0)
        while i < inner {
          sum &+= integers[i] &* Int(weight[i])
          i &+= 1
        }
        sums.append(sum)
        weight += inner
      }
    }
  }

  /// Rounds a row to ±2047.
  ///
  /// - Returns: What the integers are worth; not a number where a value is no finite one.
  private static func quantize(
    _ x: UnsafePointer<Float>, _ count: Int, _ integers: UnsafeMutablePointer<Int>
  ) -> Float {
    let row = UnsafeBufferPointer(start: x, count: count)
    let largest = row.reduce(0) { max($0, abs($1)) }
    let isFinite = row.allSatisfy(\.isFinite)
    let factor = isFinite && largest > 1e-30 ? 2047 / largest : 0
    for i in 0..<count {
      integers[i] = factor > 0 ? Int((x[i] * factor).rounded(.toNearestOrEven)) : 0
    }
    return isFinite ? largest / 2047 : .nan
  }

  /// What stands at a row and column before any activation, every operation rounded.
  func value(_ row: Int, _ column: Int, hasBias: Bool) -> Float {
    let sum = sums[row * columns + column]
    precondition(Int32(exactly: sum) != nil, "sums must fit 32 bits")
    let product = Float(sum) * (rowScales[row] * scales.values[column])
    return hasBias ? product + bias.values[column] : product
  }

  /// The bias as products take it.
  func bias(_ hasBias: Bool) -> UnsafePointer<Float>? {
    hasBias ? UnsafePointer(bias.values) : nil
  }
}

/// Memory that ends where no more can be read.
private final class GuardedMemory<Element> {
  let values: UnsafeMutablePointer<Element>
  private let region: UnsafeMutableRawPointer
  private let size: Int

  init(_ count: Int, _ value: Element) {
    let page = Int(getpagesize())
    let bytes = count * MemoryLayout<Element>.stride
    let readable = (bytes + page - 1) / page * page
    size = readable + page
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    guard let region = mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0),
      region != MAP_FAILED, mprotect(region + readable, page, PROT_NONE) == 0
    else { preconditionFailure("no memory") }
    self.region = region
    let start = region + readable - bytes
    values = start.bindMemory(to: Element.self, capacity: count)
    values.initialize(repeating: value, count: count)
  }

  deinit { munmap(region, size) }
}
