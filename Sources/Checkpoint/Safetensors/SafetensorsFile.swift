/// A mapped file of tensors in the safetensors format.
///
/// Layout: a little-endian `UInt64` with the header's length, the header as JSON, then the values
/// of all tensors without gaps. See https://github.com/huggingface/safetensors.
package struct SafetensorsFile: Sendable {
  /// The tensors by name.
  package let tensors: [String: StoredTensor]
  /// Free text that travels with the tensors, from `__metadata__`.
  package let metadata: [String: String]
  /// The file.
  let file: MappedFile

  /// Maps a file and checks all of its header.
  ///
  /// - Parameter path: The file.
  /// - Throws: `CheckpointError.unreadable` or `.malformed`.
  package init(path: String) throws(CheckpointError) {
    try self.init(FileRegion(MappedFile(path: path)))
  }

  /// Reads a file that is already mapped.
  package init(_ region: FileRegion) throws(CheckpointError) {
    file = region.file
    var reader = ByteReader(region, subject: "the safetensors header")
    let length = Int(clamping: try reader.integer(UInt64.self))
    let isComplete = length <= region.count - reader.position
    // Text and other formats fill the eight bytes of the length with something larger.
    if !isComplete, let foreign = ForeignFile(region), foreign != .safetensors {
      throw .foreign(path: region.file.path, foreign)
    }
    // Below the limit of the format itself, 100 MB.
    try region.require(length, within: .safetensorsHeader)
    guard isComplete else {
      throw region.truncated("the safetensors header is cut off: it has \(length) bytes")
    }
    let text = try reader.bytes(length)
    let header: Document
    do {
      header = try JSONParser.parse(text.bytes)
    } catch {
      throw region.error(error, in: "the safetensors header is ")
    }
    guard case .section(let entries) = header else {
      throw region.malformed("the safetensors header is no JSON object")
    }
    let values = try reader.bytes(region.count - reader.position)
    var metadata: [String: String] = [:]
    var tensors: [String: StoredTensor] = [:]
    var ranges: [Range<Int>] = []
    for entry in entries {
      if entry.key == "__metadata__" {
        metadata = try Self.metadata(entry.value, region)
      } else {
        let (tensor, range) = try Self.tensor(entry, values)
        tensors[entry.key] = tensor
        ranges.append(range)
      }
    }
    try Self.requireTiling(ranges, of: values)
    self.metadata = metadata
    self.tensors = tensors
  }

  /// A tensor by its name.
  package func tensor(_ name: String) throws(CheckpointError) -> StoredTensor {
    guard let tensor = tensors[name] else {
      throw .missingTensor(path: file.path, name: name)
    }
    return tensor
  }

  /// A tensor's values as float32, in place where possible.
  package func floats(_ name: String) throws(CheckpointError) -> FloatTensor {
    try tensor(name).floats()
  }

  /// The values of an int32 tensor.
  package func int32s(_ name: String) throws(CheckpointError) -> [Int32] {
    try tensor(name).int32s()
  }

  private static func metadata(
    _ value: Document, _ region: FileRegion
  ) throws(CheckpointError) -> [String: String] {
    guard case .section(let entries) = value else {
      throw region.malformed("__metadata__ is no JSON object")
    }
    var metadata: [String: String] = [:]
    for entry in entries {
      guard case .text(let text) = entry.value else {
        throw region.malformed("__metadata__ holds something other than text")
      }
      metadata[entry.key] = text
    }
    return metadata
  }

  private static func tensor(
    _ entry: Document.Entry, _ values: FileRegion
  ) throws(CheckpointError) -> (StoredTensor, Range<Int>) {
    guard case .text(let type)? = entry.value["dtype"], let shape = integers(entry.value["shape"]),
      let offsets = integers(entry.value["data_offsets"]), offsets.count == 2
    else {
      throw values.malformed("the header of tensor \(entry.key) is damaged")
    }
    guard let element = ElementType(rawValue: type) else {
      throw values.malformed("tensor \(entry.key) has the unknown type \(type)")
    }
    guard offsets[1] <= values.count else {
      throw values.truncated(
        "tensor \(entry.key) lies outside the file, of which \(offsets[1] - values.count) bytes "
          + "or more are missing")
    }
    guard offsets[0] <= offsets[1],
      let storage = values.part(offset: offsets[0], count: offsets[1] - offsets[0])
    else {
      throw values.malformed("tensor \(entry.key) lies outside the file")
    }
    let tensor = try StoredTensor(
      name: entry.key, element: element, shape: shape, storage: storage)
    guard tensor.count * element.size == storage.count else {
      throw values.malformed(
        "tensor \(entry.key) \(shape) of \(element.rawValue) has \(storage.count) bytes")
    }
    return (tensor, offsets[0]..<offsets[1])
  }

  private static func integers(_ value: Document?) -> [Int]? {
    guard case .list(let values)? = value else { return nil }
    var integers: [Int] = []
    for case .integer(let integer) in values where integer >= 0 { integers.append(integer) }
    return integers.count == values.count ? integers : nil
  }

  /// The format wants every byte to belong to exactly one tensor.
  private static func requireTiling(
    _ ranges: [Range<Int>], of values: FileRegion
  ) throws(CheckpointError) {
    var end = 0
    for range in ranges.sorted(by: {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }) {
      guard range.lowerBound == end else {
        throw values.malformed(
          range.lowerBound < end
            ? "tensors overlap" : "bytes \(end) to \(range.lowerBound) belong to no tensor")
      }
      end = range.upperBound
    }
    guard end == values.count else {
      throw values.malformed("\(values.count - end) bytes at the end belong to no tensor")
    }
  }
}
