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

  /// Opens a folder.
  static func open(_ path: String) throws(CheckpointError) -> Checkpoint {
    let settings = try configuration(path)
    let tokenizer = FileRegion(try MappedFile(path: "\(path)/\(tokenizerFile)"))
    let weights = try SafetensorsFile(path: "\(path)/\(weightsFile)")
    return try Checkpoint(
      path: path, settings: settings, tokenizerModel: tokenizer.tokenizerModel(),
      weights: (weights.file, weights.tensors))
  }

  private static func configuration(_ path: String) throws(CheckpointError) -> Document {
    let file = "\(path)/\(configurationFile)"
    guard (try? FileStatus(of: file)) != nil else {
      throw .foreign(path: path, ForeignFile(folder: path, settings: nil))
    }
    let region = FileRegion(try MappedFile(path: file))
    try region.require(region.count, within: .configurationBytes)
    let settings: Document
    do {
      settings = try JSONParser.parse(region.bytes)
    } catch {
      try region.refuseStandIn()
      throw region.error(error)
    }
    guard let version = settings["format"] else {
      throw .foreign(path: path, ForeignFile(folder: path, settings: settings))
    }
    guard version == .integer(format) else {
      throw .unsupported(path: file, .folderFormat)
    }
    return settings
  }
}

/// Whether a path names a folder.
package func isFolder(_ path: String) -> Bool {
  (try? FileStatus(of: path))?.kind == .directory
}
