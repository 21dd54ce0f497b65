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
    let file = try MappedFile(path: "\(path)/\(tokenizerFile)")
    let tokenizer = withExtendedLifetime(file) { Array(file.bytes) }
    let weights = try SafetensorsFile(path: "\(path)/\(weightsFile)")
    return try Checkpoint(
      path: path, settings: settings, tokenizerModel: tokenizer,
      weights: (weights.file, weights.tensors))
  }

  private static func configuration(_ path: String) throws(CheckpointError) -> Document {
    let file = FileRegion(try MappedFile(path: "\(path)/\(configurationFile)"))
    let settings: Document
    do {
      settings = try JSONParser.parse(file.bytes)
    } catch {
      throw file.malformed(error.reason)
    }
    guard settings["format"] == .integer(format) else {
      throw .unsupported(path: file.file.path, .folderFormat)
    }
    return settings
  }
}

/// Whether a path names a folder.
package func isFolder(_ path: String) -> Bool {
  (try? FileStatus(of: path))?.kind == .directory
}
