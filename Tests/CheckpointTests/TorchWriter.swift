import TestSupport

/// Pickled values in the shape in which `torch.save` writes them, protocol 2.
enum Pickled {
  static func text(_ text: String) -> [UInt8] {
    [0x58] + little(UInt32(text.utf8.count)) + Array(text.utf8)
  }

  static func int(_ number: Int) -> [UInt8] { [0x8a, 8] + little(Int64(number)) }

  static func tuple(_ items: [[UInt8]]) -> [UInt8] { [0x28] + items.flatMap { $0 } + [0x74] }

  static func global(_ module: String, _ name: String) -> [UInt8] {
    [0x63] + Array("\(module)\n\(name)\n".utf8)
  }

  static func call(_ function: [UInt8], _ arguments: [[UInt8]]) -> [UInt8] {
    function + tuple(arguments) + [0x52]
  }

  static func dictionary(_ items: [(String, [UInt8])]) -> [UInt8] {
    [0x7d, 0x28] + items.flatMap { text($0) + $1 } + [0x75]
  }

  static func tensor(
    _ storage: String, _ key: String, numbers: Int, offset: Int = 0, shape: [Int], strides: [Int]
  ) -> [UInt8] {
    let id = tuple([
      text("storage"), global("torch", storage), text(key), text("cpu"), int(numbers),
    ])
    return call(
      global("torch._utils", "_rebuild_tensor_v2"),
      [
        id + [0x51], int(offset), tuple(shape.map(int)), tuple(strides.map(int)), [0x89],
        call(global("collections", "OrderedDict"), []),
      ])
  }

  /// A complete pickle.
  static func file(_ value: [UInt8]) -> [UInt8] { [0x80, 2] + value + [0x2e] }
}

/// A checkpoint of tensors and storages as `torch.save` arranges it.
func torch(_ tensors: [(String, [UInt8])], storages: [String: [UInt8]]) -> [UInt8] {
  let pickle = Pickled.file(Pickled.dictionary(tensors))
  return zip(
    [("archive/data.pkl", pickle)]
      + storages.sorted { $0.key < $1.key }.map { ("archive/data/\($0.key)", $0.value) })
}
