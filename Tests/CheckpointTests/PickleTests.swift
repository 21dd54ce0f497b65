import Checkpoint
import TestSupport
import Testing

@Suite struct PickleTests {
  private func open(_ pickle: [UInt8], _ storages: [String: [UInt8]] = [:]) throws -> [String] {
    let members = [("archive/data.pkl", pickle)] + storages.map { ("archive/data/\($0)", $1) }
    return try TorchCheckpoint.tensors(in: mapped(zip(members))).keys.sorted()
  }

  private func expectRefusal(_ pickle: [UInt8], naming part: String) {
    #expect {
      _ = try open(pickle, ["0": bits([1, 2])])
    } throws: { error in
      "\(error)".contains(part)
    }
  }

  private let tensor = Pickled.tensor("FloatStorage", "0", numbers: 2, shape: [2], strides: [1])

  @Test(arguments: [
    ("os", "system"), ("posix", "system"), ("builtins", "eval"),
    ("torch.storage", "_load_from_bytes"),
    ("subprocess", "Popen"), ("torch", "load"), ("collections", "OrderedDict.fromkeys"),
  ])
  func refusesNames(module: String, name: String) {
    let call = Pickled.call(Pickled.global(module, name), [Pickled.text("true")])
    let message = "\(module).\(name) is not allowed in a checkpoint"
    expectRefusal(Pickled.file(call), naming: message)
    expectRefusal(Pickled.file(Pickled.dictionary([("a", call)])), naming: message)
    let stacked = Pickled.text(module) + Pickled.text(name) + [0x93]
    expectRefusal([0x80, 4] + stacked + [0x2e], naming: message)
  }

  @Test func refusesOtherWaysToRunCode() {
    // INST, OBJ, NEWOBJ, NEWOBJ_EX, EXT1, PERSID and the next buffer of protocol 5.
    for code: UInt8 in [0x69, 0x6f, 0x81, 0x92, 0x82, 0x50, 0x97] {
      expectRefusal([0x80, 2, 0x28, code, 0x2e], naming: "operation \(code) is not allowed")
    }
  }

  @Test func readsStateDictionaries() throws {
    let storage = ["0": bits([1, 2])]
    let flat = Pickled.dictionary([("a", tensor), ("step", Pickled.int(3)), ("note", [0x4e])])
    #expect(try open(Pickled.file(flat), storage) == ["a"])

    let nested = Pickled.dictionary([("epoch", Pickled.int(3)), ("state_dict", flat)])
    #expect(try open(Pickled.file(nested), storage) == ["a"])

    let parameter = Pickled.call(
      Pickled.global("torch._utils", "_rebuild_parameter"),
      [tensor, [0x88], Pickled.call(Pickled.global("collections", "OrderedDict"), [])])
    #expect(try open(Pickled.file(Pickled.dictionary([("p", parameter)])), storage) == ["p"])

    // An ordered dictionary, filled and then given attributes.
    let ordered =
      Pickled.call(Pickled.global("collections", "OrderedDict"), []) + Pickled.text("w") + tensor
      + [0x73] + Pickled.dictionary([("_metadata", [0x4e])]) + [0x62]
    #expect(try open(Pickled.file(ordered), storage) == ["w"])

    // Protocol 4: a frame, short text, and memoised text used twice.
    let short: [UInt8] = [0x8c, 1, 0x61, 0x94]
    let framed: [UInt8] = [0x80, 4, 0x95] + little(UInt64(9)) + [0x7d] + short + tensor + [0x73]
    #expect(try open(framed + [0x68, 0, 0x4e, 0x73, 0x2e], storage) == ["a"])
  }

  @Test func survivesDepthAndCircles() throws {
    let deep = [UInt8](repeating: 0x5d, count: 200_000) + [UInt8](repeating: 0x61, count: 199_999)
    expectRefusal(Pickled.file(deep), naming: "stacks more than")
    // A list that holds itself.
    expectRefusal(Pickled.file([0x5d, 0x71, 0, 0x68, 0, 0x61]), naming: "no dictionary")
    expectRefusal(
      Pickled.file([UInt8](repeating: 0x29, count: 2_000_000)), naming: "stacks more than")
    expectRefusal(
      Pickled.file([UInt8](repeating: 0x28, count: 2_000_000)), naming: "stacks more than")
  }

  @Test(
    arguments: [
      [0x30, 0x2e], [0x2e], [0x75, 0x2e], [0x68, 9, 0x2e], [0x52, 0x2e], [0x51, 0x2e],
      [0x61, 0x2e],
      [0x58, 0xff, 0xff, 0xff, 0xff, 0x2e], [0x8b, 0xff, 0xff, 0xff, 0xff, 0x2e],
      [0x28, 0x30, 0x2e],
      [0x8e, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [0x7d, 0x28, 0x4e, 0x75, 0x2e], [],
    ] as [[UInt8]])
  func refusesDamage(operations: [UInt8]) {
    #expect(throws: CheckpointError.self) { try open([0x80, 2] + operations) }
  }

  /// Which of them would be read is not left to chance.
  @Test func refusesTwoPickles() {
    let pickle = Pickled.file(Pickled.dictionary([]))
    #expect {
      let members = [("archive/data.pkl", pickle), ("x/data.pkl", pickle)]
      _ = try TorchCheckpoint.tensors(in: mapped(zip(members)))
    } throws: { error in
      "\(error)".contains("more than one data.pkl")
    }
  }

  @Test func refusesOtherFormats() throws {
    let legacy = Pickled.file(Pickled.int(0x1950_a86a))
    #expect {
      _ = try TorchCheckpoint.tensors(in: mapped(legacy))
    } throws: { error in
      "\(error)".contains("before 1.6")
    }
    #expect(throws: CheckpointError.self) {
      try TorchCheckpoint.tensors(in: mapped(Array("no weights".utf8)))
    }
  }
}
