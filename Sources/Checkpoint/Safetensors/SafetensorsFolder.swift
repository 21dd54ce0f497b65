internal import System

/// The tensors of a folder: `model.safetensors`, or the files that its index names.
package enum SafetensorsFolder {
  private static let index = "model.safetensors.index.json"

  /// The files with tensors, in alphabetical order.
  ///
  /// - Parameter folder: The folder.
  /// - Returns: Their paths; the usual one where neither is there.
  /// - Throws: `CheckpointError` for an index that names no files of the folder.
  package static func files(in folder: String) throws(CheckpointError) -> [String] {
    let single = "\(folder)/\(ModelFolder.weightsFile)"
    let path = "\(folder)/\(index)"
    guard (try? FileStatus(of: single)) == nil, (try? FileStatus(of: path)) != nil else {
      return [single]
    }
    let region = FileRegion(try MappedFile(path: path))
    guard case .section(let entries)? = try region.json()["weight_map"], !entries.isEmpty else {
      throw region.malformed("it has no weight_map")
    }
    var names: Set<String> = []
    for entry in entries {
      guard case .text(let name) = entry.value else {
        throw region.malformed("weight_map holds something other than names of files")
      }
      guard !name.contains("/"), name != "..", name.hasSuffix(".safetensors") else {
        throw region.forbidden("weight_map names \(name), which is no file of the folder's")
      }
      names.insert(name)
      try region.require(names.count, within: .shards)
    }
    return names.sorted().map { "\(folder)/\($0)" }
  }

  /// Maps all files and checks their headers.
  ///
  /// - Parameter folder: The folder.
  /// - Returns: The files, and their tensors by name.
  /// - Throws: `CheckpointError`, also for a tensor that is in two files.
  static func open(
    _ folder: String
  ) throws(CheckpointError) -> (files: [MappedFile], tensors: [String: StoredTensor]) {
    var mapped: [MappedFile] = []
    var tensors: [String: StoredTensor] = [:]
    for path in try files(in: folder) {
      let shard = try SafetensorsFile(path: path)
      mapped.append(shard.file)
      for (name, tensor) in shard.tensors {
        guard tensors.updateValue(tensor, forKey: name) == nil else {
          throw .malformed(path: path, reason: "tensor \(name) is in another file too")
        }
      }
    }
    return (mapped, tensors)
  }
}

extension FileRegion {
  /// The region as one JSON document.
  ///
  /// - Throws: `CheckpointError`, also for a stand-in of the file.
  func json() throws(CheckpointError) -> Document {
    try require(count, within: .configurationBytes)
    do {
      return try JSONParser.parse(bytes)
    } catch {
      try refuseStandIn()
      throw self.error(error)
    }
  }
}
