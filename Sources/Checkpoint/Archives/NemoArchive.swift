internal import System

/// NeMo's `.nemo` file: a tar of configuration, weights and tokenizer, gzipped by older versions.
package enum NemoArchive {
  /// SentencePiece models have a megabyte or less.
  private static let tokenizerLimit = 64 << 20

  /// Opens an archive and locates what a model needs in it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - scratch: Folder that a gzipped archive is unpacked in, nil for the temporary folder.
  /// - Returns: The model, with its weights still in the archive.
  /// - Throws: `CheckpointError` that says what is wrong with the archive.
  package static func open(
    _ path: String, scratch: String? = nil
  ) throws(CheckpointError) -> Checkpoint {
    var file = try MappedFile(path: path)
    if Gunzip.recognises(FileRegion(file)) {
      file = try Gunzip.inflate(
        FileRegion(file), in: scratch ?? Environment.temporaryFolder(isLarge: true))
    }
    let members = try TarArchive(FileRegion(file)).members
    guard let yaml = members["model_config.yaml"] else {
      throw .malformed(path: path, reason: "the archive holds no model_config.yaml")
    }
    guard let weights = members["model_weights.ckpt"] else {
      throw .malformed(path: path, reason: "the archive holds no model_weights.ckpt")
    }
    let settings = try Document(yaml: yaml, name: "model_config.yaml")
    let name = try ModelConfiguration(settings, path: path).tokenizerFile
    guard let tokenizer = members[name] else {
      throw .malformed(path: path, reason: "the archive holds no tokenizer \(name)")
    }
    guard tokenizer.count <= tokenizerLimit else {
      throw .malformed(path: path, reason: "the tokenizer has \(tokenizer.count) bytes")
    }
    return try Checkpoint(
      path: path, settings: settings,
      tokenizerModel: withExtendedLifetime(file) { Array(tokenizer.bytes) },
      weights: (file, TorchCheckpoint.tensors(in: weights)))
  }
}
