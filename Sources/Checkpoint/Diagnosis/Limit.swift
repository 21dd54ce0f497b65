/// The most that is read of something in a file from outside.
///
/// Each lies far above what models have and is asked for before the work: what is beyond one is
/// refused within 2 s and 300 MB of memory.
package enum Limit: String, Sendable, Equatable, CaseIterable {
  case tarEntries = "the archive has more than 4,096 entries"
  case tarName = "the archive has a name of more than 64 KiB"
  case tarNames = "the archive has more than 1 MiB of long names and attributes"
  case zipEntries = "the weights have more than 65,536 entries"
  case zipDirectory = "the zip directory of the weights has more than 16 MiB"
  case pickleBytes = "the weights pickle has more than 16 MiB"
  case pickleOperations = "the weights pickle has more than 1,048,576 operations"
  case pickleValues = "the weights pickle holds more than 262,144 values"
  case pickleStack = "the weights pickle stacks more than 65,536 values"
  case dimensions = "a tensor has more than 8 dimensions"
  case safetensorsHeader = "the safetensors header has more than 16 MiB"
  case shards = "the index names more than 1,024 files"
  case configurationBytes = "the configuration has more than 8 MiB"
  case values = "the JSON holds more than 262,144 values"
  case yamlItems = "the YAML has more than 131,072 places where an item of a list may begin"
  case yamlKeys = "the YAML has more than 32,768 places where a key may begin"
  case yamlBrackets = "the YAML has more than 8,192 brackets"
  case yamlIndentation = "the YAML is indented by more than 256 places"
  case nesting = "the configuration nests more than 64 levels"
  case tokenizer = "the tokenizer has more than 16 MiB"

  /// The number itself.
  var most: Int {
    switch self {
    case .tarEntries: 4096
    case .tarName: 64 << 10
    case .tarNames: 1 << 20
    case .zipEntries, .pickleStack: 1 << 16
    case .zipDirectory, .pickleBytes, .safetensorsHeader, .tokenizer: 16 << 20
    case .pickleOperations: 1 << 20
    case .pickleValues, .values: 1 << 18
    case .dimensions: 8
    case .shards: 1024
    case .configurationBytes: 8 << 20
    case .yamlItems: 1 << 17
    case .yamlKeys: 1 << 15
    case .yamlBrackets: 8192
    case .yamlIndentation: 256
    case .nesting: 64
    }
  }
}

extension Limit: CustomStringConvertible {
  /// What is too much, and that this is the limit; the end of an error's line.
  package var description: String { "\(rawValue), which is the limit" }
}

extension FileRegion {
  /// Refuses what is more than is read of any model.
  func require(_ count: Int, within limit: Limit) throws(CheckpointError) {
    guard count <= limit.most else { throw .excessive(path: file.path, limit) }
  }
}
