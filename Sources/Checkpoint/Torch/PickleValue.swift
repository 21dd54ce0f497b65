/// What a restricted pickle can hold.
///
/// Containers are indices into the machine's arenas, so that no value nests and neither a deep nor
/// a circular pickle can exhaust the stack.
enum PickleValue {
  case none
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(String)
  /// Bytes, sets and other things that no tensor needs.
  case opaque
  /// A tuple or list: index into `PickleMachine.sequences`.
  case sequence(Int)
  /// A dictionary: index into `PickleMachine.dictionaries`.
  case dictionary(Int)
  /// A name that was looked up and allowed.
  case global(PickleGlobal)
  case storage(TorchStorage)
  case tensor(TorchTensor)
}

/// The only names that a checkpoint may mention.
enum PickleGlobal: Equatable {
  case orderedDictionary
  case rebuildTensor
  case rebuildParameter
  case size
  /// The class of a storage.
  case storage(ElementType)

  /// Finds an allowed name.
  init?(module: String, name: String) {
    switch (module, name) {
    case ("collections", "OrderedDict"): self = .orderedDictionary
    case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
    case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
    case ("torch", "Size"): self = .size
    case ("torch", "FloatStorage"): self = .storage(.float32)
    case ("torch", "HalfStorage"): self = .storage(.float16)
    case ("torch", "BFloat16Storage"): self = .storage(.bfloat16)
    case ("torch", "DoubleStorage"): self = .storage(.float64)
    case ("torch", "LongStorage"): self = .storage(.int64)
    case ("torch", "IntStorage"): self = .storage(.int32)
    case ("torch", "ShortStorage"): self = .storage(.int16)
    case ("torch", "CharStorage"): self = .storage(.int8)
    case ("torch", "ByteStorage"): self = .storage(.uint8)
    case ("torch", "BoolStorage"): self = .storage(.bool)
    default: return nil
    }
  }
}

/// A storage that the pickle refers to by its key.
struct TorchStorage {
  /// Name of the zip member below `data/`.
  let key: String
  /// How the values are stored.
  let element: ElementType
  /// Values in it.
  let count: Int
}

/// A tensor as the pickle describes it.
struct TorchTensor {
  let storage: TorchStorage
  /// Place of the first value, in values.
  let offset: Int
  let shape: [Int]
  /// Steps between neighbours, in values.
  let strides: [Int]
}
