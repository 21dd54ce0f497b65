internal import Checkpoint

/// Turns a `.nemo` file, or a folder with a model in it, into a model's folder.
struct ModelImport {
  let source: String
  let format: WeightFormat
  /// Where the source came from, beside its name and its SHA-256.
  let origin: [Document.Entry]
  /// Told how much is done, from 0 to 1.
  let progress: (Double) -> Void
  /// Asked now and then whether to give up.
  let isCancelled: () -> Bool

  private static let chunk = 8 << 20

  /// Writes the folder, or nothing.
  ///
  /// Memory stays far below the size of the model: both files pass through in pieces.
  func run(name: String, in root: String, overwrite: Bool) throws(ModelError) {
    let folder = try PartialFolder(for: name, in: root)
    do {
      try fill(folder, root: root)
      try folder.commit(overwrite: overwrite)
    } catch {
      folder.discard()
      throw error
    }
  }

  private func fill(_ folder: PartialFolder, root: String) throws(ModelError) {
    let checkpoint = try openSource(unpackingIn: folder.path)
    let weights = format.size(of: checkpoint.configuration)
    if let free = freeSpace(root), free < weights + Self.chunk {
      throw .noSpace(folder: root, needed: weights, free: free)
    }
    let files = try mapFiles()
    var done = 0
    let total = Double(files.reduce(weights) { $0 + $1.bytes.count })
    func advance(_ count: Int) throws(ModelError) {
      if isCancelled() { throw .cancelled }
      done += count
      progress(min(1, Double(done) / total))
    }

    let digest = try hash(files, advance)
    let known = [
      Document.Entry(key: "source", value: .text(lastComponent(source))),
      Document.Entry(key: "source_sha256", value: .text(digest)),
    ]
    try folder.fill(
      with: checkpoint, format, origin: known + origin, metadata: ["source_sha256": digest], advance
    )
    try reading(try checkpoint.check())
    for file in files { try reading(try file.check()) }
  }

  private var isUnpacked: Bool { UnpackedArchive.recognises(source) }

  /// The files that stand for the whole: of a folder those with the weights.
  private func mapFiles() throws(ModelError) -> [MappedFile] {
    let paths: [String]
    if isUnpacked {
      paths = [UnpackedArchive.weights(in: source)]
    } else if isFolder(source) {
      paths = try reading(try SafetensorsFolder.files(in: source))
    } else {
      paths = [source]
    }
    var files: [MappedFile] = []
    for path in paths { files.append(try reading(try MappedFile(path: path))) }
    return files
  }

  private func openSource(unpackingIn folder: String) throws(ModelError) -> Checkpoint {
    do throws(CheckpointError) {
      if isUnpacked { return try UnpackedArchive.open(source) }
      if isFolder(source) { return try ModelFolder.openForeign(source) }
      return try NemoArchive.open(source, scratch: folder)
    } catch .unwritable(let path, let reason) {
      throw .unwritable(path: path, reason)
    } catch {
      throw .checkpoint(error)
    }
  }

  private func hash(
    _ files: [MappedFile], _ advance: (Int) throws(ModelError) -> Void
  ) throws(ModelError) -> String {
    let digest = SHA256()
    for file in files {
      for start in stride(from: 0, to: file.bytes.count, by: Self.chunk) {
        let range = start..<min(start + Self.chunk, file.bytes.count)
        digest.update(UnsafeRawBufferPointer(rebasing: file.bytes[range]))
        file.advise(.dontNeed, range)
        try advance(range.count)
      }
    }
    return digest.finish()
  }
}

/// A path's last component.
func lastComponent(_ path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}
