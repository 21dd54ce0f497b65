import Checkpoint
import TestSupport
import Testing

@Suite struct StoredTensorTests {
  private func tensor(
    _ bytes: [UInt8], as element: ElementType = .float32, shape: [Int], strides: [Int]? = nil,
    offset: Int = 0
  ) throws -> StoredTensor {
    try StoredTensor(
      name: "t", element: element, shape: shape, strides: strides, offset: offset,
      storage: mapped(bytes))
  }

  private func floats(_ tensor: StoredTensor) throws -> [Float] { array(try tensor.floats()) }

  @Test func placesTensorsInTheirStorage() throws {
    let storage = bits((0..<12).map(Float.init))
    #expect(try floats(tensor(storage, shape: [2, 3])) == [0, 1, 2, 3, 4, 5])
    #expect(try floats(tensor(storage, shape: [2, 2], offset: 5)) == [5, 6, 7, 8])
    #expect(try floats(tensor(storage, shape: [3, 2], strides: [1, 3])) == [0, 3, 1, 4, 2, 5])
    #expect(
      try floats(tensor(storage, shape: [2, 2], strides: [6, 2], offset: 1)) == [1, 3, 7, 9])
    #expect(
      try floats(tensor(storage, shape: [2, 1, 2, 2], strides: [4, 99, 1, 2]))
        == [0, 2, 1, 3, 4, 6, 5, 7])
    #expect(try floats(tensor(storage, shape: [], offset: 7)) == [7])
    #expect(try floats(tensor(storage, shape: [0, 3])) == [])
  }

  @Test func usesOnlyAlignedFloatsInPlace() throws {
    let file = try mapped(bits([1, 2, 3]))
    let whole = try StoredTensor(name: "t", element: .float32, shape: [3], storage: file)
    let values = UnsafeRawBufferPointer(try whole.floats().values)
    #expect(values.baseAddress == file.bytes.baseAddress)

    let header = Array("{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} ".utf8)
    #expect(!header.count.isMultiple(of: 4))
    let odd = try SafetensorsFile(mapped(little(UInt64(header.count)) + header + bits([1, 2])))
    #expect(try array(odd.floats("t")) == [1, 2])
  }

  @Test func convertsEveryHalf() throws {
    let halves = (0...UInt16.max).map { $0 }
    let values = try floats(tensor(halves.flatMap(little), as: .float16, shape: [65_536]))
    for half in halves {
      let expected = Float(Float16(bitPattern: half))
      let value = values[Int(half)]
      #expect(value.bitPattern == expected.bitPattern || value.isNaN && expected.isNaN)
    }
  }

  @Test func convertsOtherTypes() throws {
    let brain: [UInt16] = [0x3f80, 0xc000, 0x7f80, 0x0001]
    #expect(
      try floats(tensor(brain.flatMap(little), as: .bfloat16, shape: [4]))
        == [1, -2, .infinity, Float(bitPattern: 0x1_0000)])
    let doubles = [1.5, -0.1].flatMap { little($0.bitPattern) }
    #expect(try floats(tensor(doubles, as: .float64, shape: [2])) == [1.5, -0.1])
    #expect(try floats(tensor([1, 0xff, 0x80], as: .int8, shape: [3])) == [1, -1, -128])
    #expect(
      try tensor(little(Int32(-5)) + little(Int32(7)), as: .int32, shape: [2]).int32s() == [-5, 7])
    #expect(throws: CheckpointError.self) { try tensor(bits([1]), shape: [1]).int32s() }
    #expect(throws: CheckpointError.self) { try tensor(little(5), as: .int64, shape: [1]).floats() }
    // A transposed half.
    let halves = [Float16(1), 2, 3, 4].flatMap { little($0.bitPattern) }
    #expect(
      try floats(tensor(halves, as: .float16, shape: [2, 2], strides: [1, 2])) == [1, 3, 2, 4])
  }

  @Test func roundsLikeTheHardware() {
    var generator = SystemRandomNumberGenerator()
    var values: [Float] = [0, -0, 65_504, -65_504, 65_519, 0x1p-24, 0x1p-25, 0x1.8p-25, 0x1p-14]
    for _ in 0..<20_000 {
      let value = Float(bitPattern: .random(in: 0...UInt32.max, using: &generator))
      if abs(value) < 65_520 { values.append(value) }
    }
    var halves = [UInt16](repeating: 0, count: values.count)
    let fits = values.withUnsafeBufferPointer { source in
      halves.withUnsafeMutableBufferPointer { roundToHalf(source, into: $0) }
    }
    #expect(fits)
    for (value, half) in zip(values, halves) {
      #expect(half == Float16(value).bitPattern, "\(value)")
    }
    for value: Float in [65_520, -1e30, .infinity, .nan] {
      let fits = [value].withUnsafeBufferPointer { source in
        halves.withUnsafeMutableBufferPointer { roundToHalf(source, into: $0) }
      }
      #expect(!fits)
    }
  }

  @Test(
    arguments: [
      ([5], nil, 0), ([4], nil, 1), ([2, 2], [3, 1], 1), ([2], [4], 0), ([2], [-1], 1),
      ([2, 2], [1], 0), ([-1], nil, 0), ([1], nil, -1), ([1], nil, Int.max), ([8], [0], 0),
      ([Int.max, 2], [1, 1], 0), ([1 << 40, 1 << 40], [0, 0], 0), ([2], [Int.max], 0),
      ([2, 2], [Int.max, Int.max], 0), (Array(repeating: 1, count: 9), nil, 0),
    ] as [([Int], [Int]?, Int)])
  func refusesWhatLeavesTheStorage(shape: [Int], strides: [Int]?, offset: Int) {
    #expect(throws: CheckpointError.self) {
      try tensor(bits([1, 2, 3, 4]), shape: shape, strides: strides, offset: offset)
    }
  }

  @Test func readsSharedAndOversizedStorages() throws {
    let storages = ["0": bits((0..<10).map(Float.init))]
    func part(_ offset: Int, _ shape: [Int], _ strides: [Int]) -> [UInt8] {
      Pickled.tensor(
        "FloatStorage", "0", numbers: 10, offset: offset, shape: shape, strides: strides)
    }
    let tensors = try TorchCheckpoint.tensors(
      in: mapped(
        torch([("a", part(0, [2], [1])), ("b", part(2, [2, 2], [1, 2]))], storages: storages)))
    #expect(try tensors["a"].map(floats) == [0, 1])
    #expect(try tensors["b"].map(floats) == [2, 4, 3, 5])
  }

  @Test func refusesStoragesThatAreShort() {
    let longer = Pickled.tensor("FloatStorage", "0", numbers: 3, shape: [2], strides: [1])
    let absent = Pickled.tensor("FloatStorage", "1", numbers: 2, shape: [2], strides: [1])
    let endless = Pickled.tensor("FloatStorage", "0", numbers: .max, shape: [2], strides: [1])
    for tensor in [longer, absent, endless] {
      #expect(throws: CheckpointError.self) {
        try TorchCheckpoint.tensors(
          in: mapped(torch([("a", tensor)], storages: ["0": bits([1, 2])])))
      }
    }
  }
}
