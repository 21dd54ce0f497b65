internal import Checkpoint

extension PartialFolder {
  /// Writes a model's three files.
  ///
  /// - Parameters:
  ///   - checkpoint: The model.
  ///   - format: How to store the weights.
  ///   - origin: Where it came from, for its configuration.
  ///   - metadata: The same for the file of weights.
  ///   - advance: Gets the number of bytes written whenever some have been.
  /// - Throws: `ModelError`, also what `advance` throws; the folder is then not complete.
  func fill(
    with checkpoint: Checkpoint, _ format: WeightFormat, origin: [Document.Entry],
    metadata: [String: String], _ advance: (Int) throws(ModelError) -> Void
  ) throws(ModelError) {
    let own = [
      Document.Entry(key: "format", value: .integer(ModelFolder.format)),
      Document.Entry(key: "precision", value: .text(format.precision.rawValue)),
    ]
    let settings = checkpoint.settings.annotated(own + origin)
    try write(ModelFolder.configurationFile, Array("\(settings.json)\n".utf8))
    try write(ModelFolder.tokenizerFile, checkpoint.tokenizerModel)
    let metadata = metadata.merging(["configuration": settings.json]) { $1 }
    try write(ModelFolder.weightsFile) { (sink) throws(ModelError) in
      try SafetensorsWriter.write(checkpoint.entries(in: format), metadata: metadata) {
        (bytes) throws(ModelError) in
        try sink(bytes)
        try advance(bytes.count)
      }
    }
  }

  private func write(_ file: String, _ bytes: [UInt8]) throws(ModelError) {
    try write(file) { (sink) throws(ModelError) in
      try bytes.withUnsafeBufferPointer { (bytes) throws(ModelError) in
        try sink(UnsafeRawBufferPointer(bytes))
      }
    }
  }
}

extension Document {
  /// A configuration with some keys set, last.
  fileprivate func annotated(_ keys: [Entry]) -> Document {
    guard case .section(let entries) = self else { return self }
    let own = Set(keys.map(\.key))
    return .section(entries.filter { !own.contains($0.key) } + keys)
  }
}
