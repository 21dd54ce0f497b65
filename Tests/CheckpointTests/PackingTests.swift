import Checkpoint
import Kernels
import TestSupport
import Testing

@Suite struct PackingTests {
  private func packing(
    _ bytes: [UInt8], as element: ElementType = .float32, _ shape: [Int], strides: [Int]? = nil,
    offset: Int = 0
  ) throws -> Packing {
    try Packing(
      StoredTensor(
        name: "t", element: element, shape: shape, strides: strides, offset: offset,
        storage: mapped(bytes)),
      as: #require(PackedShape(shape)))
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
      try PackedValues(Packing(odd, as: PackedShape(rows: 1, columns: 13)))
        == PackedValues(reference: weights, rows: 1, columns: 13))
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
