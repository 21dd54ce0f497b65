import Kernels
import TestSupport
import Testing

@Suite struct PanelQuantiserTests {
  @Test(
    arguments: [
      (1, 1), (1, 2), (2, 3), (15, 4), (16, 5), (17, 7), (16, 64), (31, 33), (33, 130), (48, 1023),
      (130, 9),
    ])
  func equalsItsDefinition(rows: Int, columns: Int) throws {
    var random = Seeded(UInt64(rows * 1000 + columns))
    for exponent in [-20, 0, 20] {
      let limit = Float(sign: .plus, exponent: exponent, significand: 1)
      var weights = random.floats(rows * columns, in: -limit...limit)
      // Ties: halves of a scale that is a power of two.
      weights[0] = 127 * limit
      for index in weights.indices.dropFirst() where index.isMultiple(of: 3) {
        weights[index] = Float(Int.random(in: -253...253, using: &random)) / 2 * limit
      }
      let memory = try #require(PackedMemory(PackedShape(rows: rows, columns: columns)))
      let found = try #require(PackedValues(rounding: weights, rows: rows, columns: columns))
      #expect(found == PackedValues(reference: weights, rows: rows, columns: columns))
      #expect(found.values.allSatisfy { $0 != -128 })
      #expect(Int(bitPattern: memory.values).isMultiple(of: 64))
      #expect(Int(bitPattern: memory.scales).isMultiple(of: 64))
    }
  }

  @Test func padsWithZeros() throws {
    let found = try #require(
      PackedValues(rounding: Array(repeating: 1, count: 18 * 5), rows: 18, columns: 5))
    var ones = 0
    for panel in 0..<2 {
      for quad in 0..<2 {
        for place in 0..<64 {
          let isInside = panel * 16 + place / 4 < 18 && quad * 4 + place % 4 < 5
          #expect(found.values[(panel * 2 + quad) * 64 + place] == (isInside ? 127 : 0))
          ones += isInside ? 1 : 0
        }
      }
    }
    #expect(ones == 90)
    #expect(found.scales == Array(repeating: 1 / 127, count: 18) + Array(repeating: 0, count: 14))
  }

  @Test func losesHalfAScaleAtMost() throws {
    var random = Seeded(7)
    let (rows, columns) = (40, 77)
    let weights = random.floats(rows * columns, in: -3...3)
    let found = try #require(PackedValues(rounding: weights, rows: rows, columns: columns))
    for row in 0..<rows {
      for column in 0..<columns {
        let place = ((row / 16 * 20 + column / 4) * 16 + row % 16) * 4 + column % 4
        let scale = found.scales[row]
        let error = abs(weights[row * columns + column] - scale * Float(found.values[place]))
        #expect(error <= scale * 0.50001)
      }
    }
  }

  @Test func takesExtremeRows() throws {
    let rows: [[Float]] = [
      [0, 0, 0], [-0, 0, -0], [.greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1],
      [.leastNonzeroMagnitude, 0, 0], [0x1p-101, -0x1p-126, 0], [0x1p-100, -0x1p-126, 0x1p-101],
      [1, .leastNormalMagnitude, -.leastNonzeroMagnitude], [-1, 1e-30, 0.5 / 127],
    ]
    let found = try #require(
      PackedValues(rounding: rows.flatMap { $0 }, rows: rows.count, columns: 3))
    #expect(found == PackedValues(reference: rows.flatMap { $0 }, rows: rows.count, columns: 3))
    #expect(found.scales.allSatisfy { $0 == 0 || $0.isNormal })
    let flat = (0..<rows.count).map { Array(found.values[$0 * 4..<$0 * 4 + 3]) }
    let nothing: [Int8] = [0, 0, 0]
    #expect(
      flat == [
        nothing, nothing, [127, -127, 0], nothing, nothing, [127, 0, 64], [127, 0, 0],
        [-127, 0, 0],
      ])
  }

  @Test(arguments: [Float.nan, -.nan, .infinity, -.infinity, .signalingNaN])
  func refusesWhatIsNotFinite(value: Float) {
    for place in [0, 50, 99] {
      var weights = [Float](repeating: 1, count: 100)
      weights[place] = value
      #expect(PackedValues(rounding: weights, rows: 20, columns: 5) == nil)
    }
  }

  @Test func takesTensorsForMatrices() {
    #expect(PackedShape([3, 5]) == PackedShape(rows: 3, columns: 5))
    #expect(PackedShape([3, 5, 2]) == PackedShape(rows: 3, columns: 10))
    #expect(PackedShape([1, 8192]) != nil)
    for shape in [[], [7], [0, 5], [5, 0], [2, 8193], [2, 4097, 2]] {
      #expect(PackedShape(shape) == nil)
    }
  }
}

extension PackedValues {
  /// Floats in memory, rounded panel by panel; nil where they are not finite.
  fileprivate init?(rounding weights: [Float], rows: Int, columns: Int) {
    let shape = PackedShape(rows: rows, columns: columns)
    guard let memory = PackedMemory(shape) else { return nil }
    let quantiser = PanelQuantiser(shape)
    let isFinite = weights.withUnsafeBufferPointer { weights in
      guard let start = weights.baseAddress else { return false }
      let view = MatrixView(start, rows: rows, columns: columns)
      return (0..<shape.panels).allSatisfy { panel in
        quantiser.pack(
          view.rows(panel * 16..<min(rows, panel * 16 + 16)),
          values: memory.values + panel * shape.panelBytes, scales: memory.scales + panel * 16)
      }
    }
    guard isFinite else { return nil }
    self.init(
      PackedMatrix(
        PackedWeights(
          shape, values: UnsafePointer(memory.values), scales: UnsafePointer(memory.scales)),
        owner: memory))
  }
}
