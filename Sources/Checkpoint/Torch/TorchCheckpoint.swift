/// The tensors that `torch.save` wrote into a zip archive.
package enum TorchCheckpoint {
  /// Locates every tensor of a state dict.
  ///
  /// - Parameter region: The zip archive, e.g. `model_weights.ckpt` inside a `.nemo`.
  /// - Returns: The tensors by name, all inside `region`.
  /// - Throws: `CheckpointError` that says what is wrong with the archive.
  package static func tensors(
    in region: FileRegion
  ) throws(CheckpointError) -> [String: StoredTensor] {
    guard ZipArchive.recognises(region) else {
      if region.bytes.first == PickleOperation.proto.rawValue {
        throw .unsupported(path: region.file.path, .oldTorch)
      }
      if let foreign = ForeignFile(region) { throw .foreign(path: region.file.path, foreign) }
      throw region.malformed("the weights are not a PyTorch checkpoint")
    }
    let members = try ZipArchive(region).members
    let pickles = members.filter { $0.key.hasSuffix("/data.pkl") }
    guard let pickle = pickles.first else {
      throw region.malformed("the weights hold no data.pkl")
    }
    guard pickles.count == 1 else {
      throw region.forbidden("the weights hold more than one data.pkl")
    }
    let folder = pickle.key.dropLast("data.pkl".count)
    if let order = members[folder + "byteorder"], !order.bytes.elementsEqual("little".utf8) {
      throw .unsupported(path: region.file.path, .bigEndian)
    }
    var tensors: [String: StoredTensor] = [:]
    for (name, tensor) in try PickleReader.tensors(in: pickle.value) {
      let storage = tensor.storage
      guard let member = members["\(folder)data/\(storage.key)"] else {
        throw region.malformed("the storage of tensor \(name) is missing")
      }
      let (bytes, overflow) = storage.count.multipliedReportingOverflow(by: storage.element.size)
      guard !overflow, let values = member.part(offset: 0, count: bytes) else {
        throw region.malformed("the storage of tensor \(name) is shorter than announced")
      }
      tensors[name] = try StoredTensor(
        name: name, element: storage.element, shape: tensor.shape, strides: tensor.strides,
        offset: tensor.offset, storage: values)
    }
    return tensors
  }
}
