/// Turns a `.nemo` file into a model's folder.
struct ModelImport {
  let source: String
  let precision: ModelPrecision
  /// Told how much is done, from 0 to 1.
  let progress: (Double) -> Void
  /// Asked now and then whether to give up.
  let isCancelled: () -> Bool

  private static let chunk = 8 << 20

  /// Writes the folder, or nothing.
  ///
  /// Memory stays far below the size of the model: both files pass through in pieces.
  func run(
    name: String, in root: String, overwrite: Bool
  ) throws(CheckpointError) {
    let folder = try PartialFolder(for: name, in: root)
    do {
      try fill(folder, root: root)
      try folder.commit(overwrite: overwrite)
    } catch {
      folder.discard()
      throw error
    }
  }

  private func fill(_ folder: PartialFolder, root: String) throws(CheckpointError) {
    let checkpoint = try NemoArchive.open(source, scratch: folder.path)
    let weights = precision.size(of: checkpoint.configuration)
    if let free = freeSpace(root), free < weights + Self.chunk {
      throw .unwritable(
        path: root, reason: "\(weights >> 20) MiB are needed, \(free >> 20) MiB are free",
        hint: "free some space, or set UTTER_MODELS to a folder on another disk")
    }
    let file = try MappedFile(path: source)
    var done = 0
    let total = Double(file.bytes.count + weights)
    func advance(_ count: Int) throws(CheckpointError) {
      if isCancelled() { throw .cancelled }
      done += count
      progress(min(1, Double(done) / total))
    }

    let digest = try hash(file, advance)
    let origin = [
      Document.Entry(key: "source", value: .text(lastComponent(source))),
      Document.Entry(key: "source_sha256", value: .text(digest)),
    ]
    try folder.fill(
      with: checkpoint, precision, origin: origin, metadata: ["source_sha256": digest], advance)
  }

  private func hash(
    _ file: MappedFile, _ advance: (Int) throws(CheckpointError) -> Void
  ) throws(CheckpointError) -> String {
    let digest = SHA256()
    for start in stride(from: 0, to: file.bytes.count, by: Self.chunk) {
      let range = start..<min(start + Self.chunk, file.bytes.count)
      digest.update(UnsafeRawBufferPointer(rebasing: file.bytes[range]))
      file.advise(.dontNeed, range)
      try advance(range.count)
    }
    return digest.finish()
  }
}

extension PartialFolder {
  /// Writes a model's three files.
  ///
  /// - Parameters:
  ///   - checkpoint: The model.
  ///   - precision: How to store the weight matrices.
  ///   - origin: Where it came from, for its configuration.
  ///   - metadata: The same for the file of weights.
  ///   - advance: Gets the number of bytes written whenever some have been.
  /// - Throws: `CheckpointError`, also what `advance` throws; the folder is then not complete.
  func fill(
    with checkpoint: Checkpoint, _ precision: ModelPrecision, origin: [Document.Entry],
    metadata: [String: String], _ advance: (Int) throws(CheckpointError) -> Void
  ) throws(CheckpointError) {
    let own = [
      Document.Entry(key: "format", value: .integer(ModelFolder.format)),
      Document.Entry(key: "precision", value: .text(precision.rawValue)),
    ]
    let settings = checkpoint.settings.annotated(own + origin)
    try write(ModelFolder.configurationFile) { (sink) throws(CheckpointError) in
      try SafetensorsWriter.hand(Array("\(settings.json)\n".utf8), to: sink)
    }
    try write(ModelFolder.tokenizerFile) { (sink) throws(CheckpointError) in
      try SafetensorsWriter.hand(checkpoint.tokenizerModel, to: sink)
    }
    let metadata = metadata.merging(["configuration": settings.json]) { $1 }
    try write(ModelFolder.weightsFile) { (sink) throws(CheckpointError) in
      try SafetensorsWriter.write(checkpoint.entries(precision), metadata: metadata) {
        (bytes) throws(CheckpointError) in
        try sink(bytes)
        try advance(bytes.count)
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

/// A path's last component.
func lastComponent(_ path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}
