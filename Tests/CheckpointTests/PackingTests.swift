import Checkpoint
import TestSupport
import Testing

/// A packed matrix, copied.
struct PackedValues: Equatable {
  let values: [Int8]
  let scales: [Float]

  init(values: [Int8], scales: [Float]) { (self.values, self.scales) = (values, scales) }

  init(_ matrix: PackedMatrix) {
    self = withExtendedLifetime(matrix) {
      PackedValues(
        values: Array(
          UnsafeBufferPointer(start: matrix.values, count: matrix.panels * matrix.quads * 64)),
        scales: Array(UnsafeBufferPointer(start: matrix.scales, count: matrix.panels * 16)))
    }
  }

  /// A packing that one thread completes.
  init(_ packing: Packing) throws {
    packing.fill(0..<packing.panels)
    try packing.check()
    self.init(packing.matrix)
  }

  /// The same by the definition: value (o, i) stands at `[o / 16, i / 4, o % 16, i % 4]`.
  init(reference weights: [Float], rows: Int, columns: Int) {
    let (panels, quads) = ((rows + 15) / 16, (columns + 3) / 4)
    var values = [Int8](repeating: 0, count: panels * quads * 64)
    var scales = [Float](repeating: 0, count: panels * 16)
    for row in 0..<rows {
      let line = weights[row * columns..<(row + 1) * columns]
      let largest = line.map(abs).max() ?? 0
      if largest < 0x1p-100 { continue }
      scales[row] = largest / 127
      for (column, weight) in line.enumerated() {
        let rounded = (weight * (127 / largest)).rounded(.toNearestOrEven)
        values[((row / 16 * quads + column / 4) * 16 + row % 16) * 4 + column % 4] =
          Int8(max(-127, min(127, rounded)))
      }
    }
    self.init(values: values, scales: scales)
  }
}

@Suite struct PackingTests {
  private func packing(
    _ bytes: [UInt8], as element: ElementType = .float32, _ shape: [Int], strides: [Int]? = nil,
    offset: Int = 0
  ) throws -> Packing {
    try Packing(
      StoredTensor(
        name: "t", element: element, shape: shape, strides: strides, offset: offset,
        storage: mapped(bytes)))
  }

  private func packed(_ weights: [Float], _ rows: Int, _ columns: Int) throws -> PackedValues {
    try PackedValues(packing(bits(weights), [rows, columns]))
  }

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
      let packing = try packing(bits(weights), [rows, columns])
      #expect(packing.panels == (rows + 15) / 16)
      let matrix = packing.matrix
      #expect((matrix.rows, matrix.columns) == (rows, columns))
      let found = try PackedValues(packing)
      #expect(found == PackedValues(reference: weights, rows: rows, columns: columns))
      #expect(found.values.allSatisfy { $0 != -128 })
      #expect(Int(bitPattern: matrix.values).isMultiple(of: 64))
      #expect(Int(bitPattern: matrix.scales).isMultiple(of: 64))
    }
  }

  @Test func padsWithZeros() throws {
    let found = try packed(Array(repeating: 1, count: 18 * 5), 18, 5)
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
    let found = try packed(weights, rows, columns)
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
    let found = try packed(rows.flatMap { $0 }, rows.count, 3)
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
  func refusesWhatIsNotFinite(value: Float) throws {
    for place in [0, 50, 99] {
      var weights = [Float](repeating: 1, count: 100)
      weights[place] = value
      let packing = try packing(bits(weights), [20, 5])
      packing.fill(0..<2)
      #expect {
        try packing.check()
      } throws: { error in
        "\(error)" == "input: tensor t holds values that are not finite"
      }
    }
  }

  @Test func convertsWhatIsStoredOtherwise() throws {
    var random = Seeded(3)
    let (rows, columns) = (35, 11)
    let count = rows * columns
    let halves = random.floats(count).map { Float16($0) }
    let reference = PackedValues(
      reference: halves.map { Float($0) }, rows: rows, columns: columns)
    #expect(
      try PackedValues(
        packing(halves.flatMap { little($0.bitPattern) }, as: .float16, [rows, columns]))
        == reference)
    #expect(
      try PackedValues(
        packing(halves.flatMap { little(Double($0).bitPattern) }, as: .float64, [rows, columns, 1]))
        == reference)
    let brain = halves.map { Float(bitPattern: Float($0).bitPattern & 0xffff_0000) }
    #expect(
      try PackedValues(
        packing(
          brain.flatMap { little(UInt16($0.bitPattern >> 16)) }, as: .bfloat16, [rows, columns]))
        == PackedValues(reference: brain, rows: rows, columns: columns))

    // Columns first, behind three other values.
    var turned = [Float](repeating: 9, count: 3)
    for column in 0..<columns {
      for row in 0..<rows { turned.append(Float(halves[row * columns + column])) }
    }
    #expect(
      try PackedValues(packing(bits(turned), [rows, columns], strides: [1, rows], offset: 3))
        == reference)
    let integers = try packing((0..<8).flatMap { little(Int64($0)) }, as: .int64, [2, 4])
    integers.fill(0..<1)
    #expect(throws: CheckpointError.self) { try integers.check() }
  }

  @Test func reachesValuesAtAnyAddress() throws {
    let weights = [Float](stride(from: -3, through: 3, by: 0.5))
    let text = "{\"t\":{\"dtype\":\"F32\",\"shape\":[1,13],\"data_offsets\":[0,52]}} "
    let bytes = little(UInt64(text.utf8.count)) + Array(text.utf8) + bits(weights)
    #expect(!(8 + text.utf8.count).isMultiple(of: 4))
    let odd = try SafetensorsFile(mapped(bytes)).tensor("t")
    #expect(
      try PackedValues(Packing(odd)) == PackedValues(reference: weights, rows: 1, columns: 13))
  }

  @Test func sharesPanelsAmongThreads() async throws {
    var random = Seeded(5)
    let (rows, columns) = (16 * 37 + 3, 50)
    let weights = random.floats(rows * columns)
    let packing = try packing(bits(weights), [rows, columns])
    await withTaskGroup { group in
      for start in stride(from: 0, to: packing.panels, by: 5) {
        group.addTask { packing.fill(start..<min(start + 5, packing.panels)) }
      }
    }
    try packing.check()
    #expect(
      PackedValues(packing.matrix) == PackedValues(reference: weights, rows: rows, columns: columns)
    )
  }
}
