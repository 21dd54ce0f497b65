internal import System

/// The folder that somebody has unpacked a `.nemo` file in.
package enum UnpackedArchive {
  /// Whether a folder has a model's configuration as NeMo writes it, and none of ours.
  package static func recognises(_ folder: String) -> Bool {
    exists("\(folder)/\(NemoArchive.configuration)")
      && !exists("\(folder)/\(ModelFolder.configurationFile)")
  }

  /// The file that the weights lie in.
  package static func weights(in folder: String) -> String { "\(folder)/\(NemoArchive.weights)" }

  /// Opens a folder.
  ///
  /// - Parameter path: The folder.
  /// - Returns: The model, with its weights still on disk.
  /// - Throws: `CheckpointError` that says what is wrong with one of the files.
  package static func open(_ path: String) throws(CheckpointError) -> Checkpoint {
    let yaml = FileRegion(try MappedFile(path: "\(path)/\(NemoArchive.configuration)"))
    try yaml.refuseStandIn()
    let settings = try Document(yaml: yaml, name: "it")
    let name = try ModelConfiguration(settings, path: yaml.file.path).tokenizerFile
    guard !name.contains("/"), name != ".." else {
      throw .forbidden(path: yaml.file.path, reason: "tokenizer \(name) lies outside the folder")
    }
    let tokenizer = FileRegion(try MappedFile(path: "\(path)/\(name)"))
    let weights = FileRegion(try MappedFile(path: weights(in: path)))
    return try Checkpoint(
      path: path, settings: settings, tokenizerModel: tokenizer.tokenizerModel(),
      weights: ([weights.file], TorchCheckpoint.tensors(in: weights)))
  }

  private static func exists(_ path: String) -> Bool { (try? FileStatus(of: path)) != nil }
}
