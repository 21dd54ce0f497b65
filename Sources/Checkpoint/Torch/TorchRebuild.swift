/// The calls that a checkpoint may make, done by hand.
extension PickleMachine {
  /// Replaces a callable and its arguments on the stack by the result.
  mutating func reduce() throws(CheckpointError) {
    let arguments = try sequence(try pop())
    guard case .global(let callable) = try pop() else {
      throw malformed("it calls what is no function")
    }
    switch callable {
    case .orderedDictionary where arguments.isEmpty: try pushDictionary([])
    case .rebuildTensor where arguments.count >= 4:
      guard case .storage(let storage) = arguments[0] else {
        throw malformed("a tensor is built from what is no storage")
      }
      let tensor = TorchTensor(
        storage: storage, offset: try integer(arguments[1]), shape: try integers(arguments[2]),
        strides: try integers(arguments[3]))
      try push(.tensor(tensor))
    case .rebuildParameter where !arguments.isEmpty: try push(arguments[0])
    case .size where arguments.count == 1: try push(arguments[0])
    default: throw malformed("it calls \(callable) with the wrong arguments")
    }
  }

  /// Replaces a persistent id on the stack, `('storage', class, key, device, count)`, by its
  /// storage.
  mutating func loadStorage() throws(CheckpointError) {
    let fields = try sequence(try pop())
    guard fields.count == 5, case .string("storage") = fields[0],
      case .global(.storage(let element)) = fields[1], case .string(let key) = fields[2]
    else {
      throw malformed("a reference to a storage is damaged")
    }
    let count = try integer(fields[4])
    guard count >= 0 else { throw malformed("storage \(key) has a negative size") }
    try push(.storage(TorchStorage(key: key, element: element, count: count)))
  }

  /// Pushes a name, if a checkpoint may mention it.
  mutating func pushGlobal(module: String, name: String) throws(CheckpointError) {
    guard let global = PickleGlobal(module: module, name: name) else {
      throw forbidden("\(module).\(name) is not allowed in a checkpoint")
    }
    try push(.global(global))
  }

  private func integer(_ value: PickleValue) throws(CheckpointError) -> Int {
    guard case .int(let number) = value else { throw malformed("a number is expected") }
    return number
  }

  private func integers(_ value: PickleValue) throws(CheckpointError) -> [Int] {
    let values = try sequence(value)
    try region.require(values.count, within: .dimensions)
    var numbers: [Int] = []
    for number in values { numbers.append(try integer(number)) }
    return numbers
  }
}
