internal import System

/// An imported model: `model.safetensors`, `tokenizer.model` and `config.json` in a folder.
package enum ModelFolder {
  /// The tensors.
  package static let weightsFile = "model.safetensors"
  /// The SentencePiece model.
  package static let tokenizerFile = "tokenizer.model"
  /// The settings, and where the model came from.
  package static let configurationFile = "config.json"
  /// Version of the folder's layout, `format` in `config.json`.
  package static let format = 1

  /// Opens a folder, or one that another program has written.
  static func open(_ path: String) throws(CheckpointError) -> Checkpoint {
    let settings = try configuration(path)
    guard let version = settings["format"] else { return try openForeign(path, settings) }
    guard version == .integer(format) else {
      throw .unsupported(path: "\(path)/\(configurationFile)", .folderFormat)
    }
    let tokenizer = FileRegion(try MappedFile(path: "\(path)/\(tokenizerFile)"))
    let weights = try SafetensorsFile(path: "\(path)/\(weightsFile)")
    return try Checkpoint(
      path: path, settings: settings, tokenizerModel: tokenizer.tokenizerModel(),
      weights: ([weights.file], weights.tensors))
  }

  private static func configuration(_ path: String) throws(CheckpointError) -> Document {
    let file = "\(path)/\(configurationFile)"
    guard (try? FileStatus(of: file)) != nil else {
      throw .foreign(path: path, ForeignFile(folder: path, settings: nil))
    }
    return try FileRegion(MappedFile(path: file)).json()
  }

  /// Opens a folder of another program, which its configuration tells.
  ///
  /// - Throws: `CheckpointError`; `.foreign` where no such program is known.
  package static func openForeign(
    _ path: String, _ settings: Document? = nil
  ) throws(CheckpointError) -> Checkpoint {
    let settings = if let settings { settings } else { try configuration(path) }
    if settings["format"] == nil {
      if TransformersFolder.recognises(settings) {
        return try TransformersFolder.open(path, settings)
      }
      if NemoTensorsFolder.recognises(settings) {
        return try NemoTensorsFolder.open(path, settings)
      }
    }
    throw .foreign(path: path, ForeignFile(folder: path, settings: settings))
  }
}

/// Whether a path names a folder.
package func isFolder(_ path: String) -> Bool {
  (try? FileStatus(of: path))?.kind == .directory
}
