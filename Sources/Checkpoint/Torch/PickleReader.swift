/// Reads the pickle of a PyTorch state dict without being able to run code.
///
/// Knows protocols 2 to 5 as far as `torch.save` uses them, and only the names in `PickleGlobal`.
struct PickleReader {
  private var input: ByteReader
  private var machine: PickleMachine

  /// The tensors in a pickled state dict by name; everything else in it is ignored.
  ///
  /// - Parameter region: The pickle.
  /// - Returns: Descriptions that are not yet checked against any storage.
  /// - Throws: `CheckpointError.malformed`, also for a name that a checkpoint must not mention.
  static func tensors(in region: FileRegion) throws(CheckpointError) -> [String: TorchTensor] {
    try region.require(region.count, within: .pickleBytes)
    var reader = PickleReader(
      input: ByteReader(region, subject: "the weights pickle"),
      machine: PickleMachine(region: region))
    return try reader.stateDictionary()
  }

  private mutating func stateDictionary() throws(CheckpointError) -> [String: TorchTensor] {
    guard case .dictionary(let index) = try run() else {
      throw machine.malformed("it holds no dictionary of tensors")
    }
    var entries = machine.dictionaries[index]
    if let nested = entries.last(where: { $0.key == "state_dict" }),
      case .dictionary(let index) = nested.value
    {
      entries = machine.dictionaries[index]
    }
    var tensors: [String: TorchTensor] = [:]
    for (name, value) in entries {
      if case .tensor(let tensor) = value { tensors[name] = tensor }
    }
    return tensors
  }

  private mutating func run() throws(CheckpointError) -> PickleValue {
    var operations = 0
    while true {
      operations += 1
      try input.region.require(operations, within: .pickleOperations)
      let code = try input.integer(UInt8.self)
      guard let operation = PickleOperation(rawValue: code) else {
        throw machine.forbidden("operation \(code) is not allowed in a checkpoint")
      }
      if operation == .stop { return try machine.pop() }
      try perform(operation)
    }
  }

  private mutating func perform(_ operation: PickleOperation) throws(CheckpointError) {
    switch operation {
    case .stop: break
    case .proto: try checkProtocol()
    case .frame: try input.skip(8)

    case .mark: try machine.mark()
    case .pop: _ = try machine.pop()
    case .popMark: _ = try machine.popToMark()
    case .duplicate: try machine.push(try machine.top())

    case .none: try machine.push(.none)
    case .newTrue: try machine.push(.bool(true))
    case .newFalse: try machine.push(.bool(false))
    case .binInt: try machine.push(.int(Int(try input.integer(Int32.self))))
    case .binInt1: try machine.push(.int(Int(try input.integer(UInt8.self))))
    case .binInt2: try machine.push(.int(Int(try input.integer(UInt16.self))))
    case .long1: try pushLong(bytes: try input.size(UInt8.self))
    case .long4: try pushLong(bytes: try input.size(Int32.self))
    case .binFloat:
      let bits = UInt64(bigEndian: UInt64(littleEndian: try input.integer(UInt64.self)))
      try machine.push(.float(Double(bitPattern: bits)))

    case .shortBinUnicode: try machine.push(.string(try input.text(input.size(UInt8.self))))
    case .binUnicode: try machine.push(.string(try input.text(input.size(UInt32.self))))
    case .binUnicode8: try machine.push(.string(try input.text(input.size(UInt64.self))))
    case .shortBinBytes, .shortBinString: try pushOpaque(try input.size(UInt8.self))
    case .binBytes, .binString: try pushOpaque(try input.size(UInt32.self))
    case .binBytes8, .byteArray8: try pushOpaque(try input.size(UInt64.self))

    case .emptyTuple, .emptyList: try machine.pushSequence([])
    case .tuple1: try pushTuple(1)
    case .tuple2: try pushTuple(2)
    case .tuple3: try pushTuple(3)
    case .tuple, .list: try machine.pushSequence(try machine.popToMark())
    case .append: try append()
    case .appends: try machine.append(try machine.popToMark())
    case .emptyDictionary: try machine.pushDictionary([])
    case .dictionary: try machine.pushDictionary(try machine.popToMark())
    case .setItem: try setItem()
    case .setItems: try machine.setItems(try machine.popToMark())
    case .emptySet: try machine.push(.opaque)
    case .addItems: _ = try machine.popToMark()
    case .frozenSet:
      _ = try machine.popToMark()
      try machine.push(.opaque)

    case .binPut: try machine.memoize(at: try input.size(UInt8.self))
    case .longBinPut: try machine.memoize(at: try input.size(UInt32.self))
    case .memoize: try machine.memoize()
    case .binGet: try machine.recall(try input.size(UInt8.self))
    case .longBinGet: try machine.recall(try input.size(UInt32.self))

    case .global: try machine.pushGlobal(module: try input.line(), name: try input.line())
    case .stackGlobal: try stackGlobal()
    case .reduce: try machine.reduce()
    case .persistentID: try machine.loadStorage()
    case .build: _ = try machine.pop()  // Attributes of a state dict: versions of modules.
    }
  }

  private mutating func checkProtocol() throws(CheckpointError) {
    let version = try input.integer(UInt8.self)
    guard (2...5).contains(version) else {
      throw machine.malformed("protocol \(version) is not known")
    }
  }

  /// A little-endian two's complement number; ones too large for 64 bits are no sizes.
  private mutating func pushLong(bytes count: Int) throws(CheckpointError) {
    let digits = try input.bytes(count).bytes
    guard count <= 8 else { return try machine.push(.opaque) }
    let isNegative = digits.last.map { $0 >= 0x80 } ?? false
    let bits = digits.reversed().reduce(isNegative ? ~UInt64(0) : 0) { $0 << 8 | UInt64($1) }
    try machine.push(.int(Int(Int64(bitPattern: bits))))
  }

  private mutating func pushOpaque(_ count: Int) throws(CheckpointError) {
    try input.skip(count)
    try machine.push(.opaque)
  }

  private mutating func pushTuple(_ count: Int) throws(CheckpointError) {
    var values: [PickleValue] = []
    for _ in 0..<count { values.append(try machine.pop()) }
    try machine.pushSequence(values.reversed())
  }

  private mutating func append() throws(CheckpointError) {
    let value = try machine.pop()
    try machine.append([value])
  }

  private mutating func setItem() throws(CheckpointError) {
    let value = try machine.pop()
    let key = try machine.pop()
    try machine.setItems([key, value])
  }

  private mutating func stackGlobal() throws(CheckpointError) {
    guard case .string(let name) = try machine.pop(),
      case .string(let module) = try machine.pop()
    else {
      throw machine.malformed("a name is not text")
    }
    try machine.pushGlobal(module: module, name: name)
  }
}
